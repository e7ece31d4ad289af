/** {@code ./objectos doctor}. */
@NullMarked
package dev.objectos.runtime.doctor;

import org.jspecify.annotations.NullMarked;
