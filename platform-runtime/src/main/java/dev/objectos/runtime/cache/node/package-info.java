/** The caches of one node, and how nodes tell each other what to forget. */
@NullMarked
package dev.objectos.runtime.cache.node;

import org.jspecify.annotations.NullMarked;
