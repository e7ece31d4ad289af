/** Wires the plugin into the server. */
@NullMarked
package dev.objectos.workflow.autoconfigure;

import org.jspecify.annotations.NullMarked;
