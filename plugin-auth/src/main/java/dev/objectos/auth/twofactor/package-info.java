/** Second steps of a sign-in: codes of an authenticator, codes on paper, devices that are remembered. */
@NullMarked
package dev.objectos.auth.twofactor;

import org.jspecify.annotations.NullMarked;
