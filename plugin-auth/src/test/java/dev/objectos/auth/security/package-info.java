/** What is told of what happens to accounts. */
@org.jspecify.annotations.NullMarked
package dev.objectos.auth.security;
