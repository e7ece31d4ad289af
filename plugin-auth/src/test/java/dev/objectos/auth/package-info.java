/** Signing in, from the request to PostgreSQL and back. */
@org.jspecify.annotations.NullMarked
package dev.objectos.auth;
