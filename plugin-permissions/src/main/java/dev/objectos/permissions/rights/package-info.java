/** What the holder of some sets may do, and the conditions that statements get for it. */
@NullMarked
package dev.objectos.permissions.rights;

import org.jspecify.annotations.NullMarked;
