/** {@code ./objectos doctor}, and commands of plugins that work on an installation without its server. */
@NullMarked
package dev.objectos.runtime.doctor;

import org.jspecify.annotations.NullMarked;
