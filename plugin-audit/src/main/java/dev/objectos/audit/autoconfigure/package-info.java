/** Wires the plugin into the server. */
@NullMarked
package dev.objectos.audit.autoconfigure;

import org.jspecify.annotations.NullMarked;
