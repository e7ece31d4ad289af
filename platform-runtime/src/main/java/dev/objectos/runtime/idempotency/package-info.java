/** Requests that may be repeated under a key: one effect and one answer, however often. */
@NullMarked
package dev.objectos.runtime.idempotency;

import org.jspecify.annotations.NullMarked;
