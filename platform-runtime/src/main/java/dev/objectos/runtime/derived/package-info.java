/** Stored values that the platform computes, brought to the records that were there before their fields. */
@NullMarked
package dev.objectos.runtime.derived;

import org.jspecify.annotations.NullMarked;
