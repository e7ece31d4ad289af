/** Passkeys: signing in with a key that never leaves its owner's device (WebAuthn). */
@NullMarked
package dev.objectos.auth.passkey;

import org.jspecify.annotations.NullMarked;
