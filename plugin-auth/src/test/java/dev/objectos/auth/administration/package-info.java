/** Administration over HTTP, and the rules of who may touch whom. */
@org.jspecify.annotations.NullMarked
package dev.objectos.auth.administration;
