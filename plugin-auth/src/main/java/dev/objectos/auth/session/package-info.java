/** Signed-in clients: their tokens, and who a request comes from. */
@NullMarked
package dev.objectos.auth.session;

import org.jspecify.annotations.NullMarked;
