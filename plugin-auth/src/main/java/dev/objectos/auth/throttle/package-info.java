/** Counts attempts on all nodes together, and blocks who makes too many. */
@NullMarked
package dev.objectos.auth.throttle;

import org.jspecify.annotations.NullMarked;
