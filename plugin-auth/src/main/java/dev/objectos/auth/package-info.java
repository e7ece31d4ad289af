/** Who is calling: accounts, sign-in, sessions and tokens. */
@NullMarked
package dev.objectos.auth;

import org.jspecify.annotations.NullMarked;
