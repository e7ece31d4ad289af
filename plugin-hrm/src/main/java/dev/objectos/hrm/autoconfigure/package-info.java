/** Wires the plugin into the server. */
@NullMarked
package dev.objectos.hrm.autoconfigure;

import org.jspecify.annotations.NullMarked;
