/** A read and a write from end to end. */
@NullMarked
package dev.objectos.runtime.pipeline;

import org.jspecify.annotations.NullMarked;
