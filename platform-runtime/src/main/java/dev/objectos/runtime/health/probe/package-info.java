/** What the runtime watches of itself. */
@NullMarked
package dev.objectos.runtime.health.probe;

import org.jspecify.annotations.NullMarked;
