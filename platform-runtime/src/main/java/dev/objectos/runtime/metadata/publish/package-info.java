/** Loads metadata from every layer and publishes a new catalog snapshot. */
@NullMarked
package dev.objectos.runtime.metadata.publish;

import org.jspecify.annotations.NullMarked;
