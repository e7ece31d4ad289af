/** Hooks of plugins on records and events: who takes part, and how they are called from the paths that these take. */
@NullMarked
package dev.objectos.runtime.hook;

import org.jspecify.annotations.NullMarked;
