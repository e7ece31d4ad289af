/** How many requests are served for whom. */
@org.jspecify.annotations.NullMarked
package dev.objectos.auth.limit;
