/** What files say about permissions, read and compiled. */
@NullMarked
package dev.objectos.permissions.definition;

import org.jspecify.annotations.NullMarked;
