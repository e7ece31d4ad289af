/** The invariants of an installation, and whether they hold. */
@NullMarked
package dev.objectos.runtime.health.doctor;

import org.jspecify.annotations.NullMarked;
