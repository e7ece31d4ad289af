/** Second factors, from outside and by the examples of their standards. */
@org.jspecify.annotations.NullMarked
package dev.objectos.auth.twofactor;
