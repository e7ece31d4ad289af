/** What signing in tells to whoever guesses. */
@org.jspecify.annotations.NullMarked
package dev.objectos.auth.signin;
