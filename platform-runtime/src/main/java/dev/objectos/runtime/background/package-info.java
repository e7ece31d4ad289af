/** What a node does by itself, again and again. */
@NullMarked
package dev.objectos.runtime.background;

import org.jspecify.annotations.NullMarked;
