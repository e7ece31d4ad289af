/** Signing in: one way for everybody, whatever proves who they are. */
@NullMarked
package dev.objectos.auth.signin;

import org.jspecify.annotations.NullMarked;
