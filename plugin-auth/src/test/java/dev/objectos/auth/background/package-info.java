/** Work that is left for later. */
@org.jspecify.annotations.NullMarked
package dev.objectos.auth.background;
