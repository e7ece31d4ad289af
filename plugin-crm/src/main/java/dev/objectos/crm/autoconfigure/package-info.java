/** Wires the plugin into the server. */
@NullMarked
package dev.objectos.crm.autoconfigure;

import org.jspecify.annotations.NullMarked;
