/** Wires the plugin into the server. */
@NullMarked
package dev.objectos.permissions.autoconfigure;

import org.jspecify.annotations.NullMarked;
