/** {@code ./objectos audit}. */
@NullMarked
package dev.objectos.audit.command;

import org.jspecify.annotations.NullMarked;
