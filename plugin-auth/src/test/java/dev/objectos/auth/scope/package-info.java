/** What credentials with scopes reach. */
@org.jspecify.annotations.NullMarked
package dev.objectos.auth.scope;
