/** Wires the plugin into the server. */
@NullMarked
package dev.objectos.automation.autoconfigure;

import org.jspecify.annotations.NullMarked;
