/** How often people run actions, counted over all nodes. */
@NullMarked
package dev.objectos.permissions.limit;

import org.jspecify.annotations.NullMarked;
