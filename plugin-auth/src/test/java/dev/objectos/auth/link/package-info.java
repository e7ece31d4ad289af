/** Where links lead. */
@org.jspecify.annotations.NullMarked
package dev.objectos.auth.link;
