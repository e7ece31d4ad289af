/** Wiring. */
@NullMarked
package dev.objectos.permissions.autoconfigure;

import org.jspecify.annotations.NullMarked;
