/** Passwords: how they are kept, compared, and what is asked of them. */
@NullMarked
package dev.objectos.auth.password;

import org.jspecify.annotations.NullMarked;
