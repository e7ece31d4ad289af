/** Passkeys over HTTP, with an authenticator in software. */
@org.jspecify.annotations.NullMarked
package dev.objectos.auth.passkey;
