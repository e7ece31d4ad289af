/** Tests of imports. */
@NullMarked
package dev.objectos.runtime.intake;

import org.jspecify.annotations.NullMarked;
