/** Tenants and who belongs to them; paths and answers are those of better-auth's {@code organization/*}. */
@NullMarked
package dev.objectos.auth.organization;

import org.jspecify.annotations.NullMarked;
