/** The commands by which plugins are made, signed and verified, and those that speak to a running server. */
@NullMarked
package dev.objectos.runtime.plugin.command;

import org.jspecify.annotations.NullMarked;
