/** Accounts that people make for themselves. */
@NullMarked
package dev.objectos.auth.registration;

import org.jspecify.annotations.NullMarked;
