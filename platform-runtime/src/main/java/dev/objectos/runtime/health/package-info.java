/** Watches how the server is doing, and starts again what has failed. */
@NullMarked
package dev.objectos.runtime.health;

import org.jspecify.annotations.NullMarked;
