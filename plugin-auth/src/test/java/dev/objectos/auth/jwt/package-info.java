/** Signed tokens: what they open, what ends them, and attempts to forge them. */
@org.jspecify.annotations.NullMarked
package dev.objectos.auth.jwt;
