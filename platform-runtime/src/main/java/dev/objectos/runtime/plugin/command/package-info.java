/** The commands by which plugins are signed and verified, without a running server. */
@NullMarked
package dev.objectos.runtime.plugin.command;

import org.jspecify.annotations.NullMarked;
