/** Writes that their callers may repeat: the header {@code Idempotency-Key}. */
@NullMarked
package dev.objectos.server.idempotency;

import org.jspecify.annotations.NullMarked;
