/** Why somebody may do something or may not. */
@NullMarked
package dev.objectos.permissions.explain;

import org.jspecify.annotations.NullMarked;
