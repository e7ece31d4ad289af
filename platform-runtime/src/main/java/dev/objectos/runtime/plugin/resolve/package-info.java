/** Which plugins can start together, in which order, and what a change of one means for the others. */
@NullMarked
package dev.objectos.runtime.plugin.resolve;

import org.jspecify.annotations.NullMarked;
