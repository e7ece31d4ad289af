/** How plugins on one or many nodes work together: queues, locks, and watches of stored values. */
@NullMarked
package dev.objectos.runtime.coordination;

import org.jspecify.annotations.NullMarked;
