/** Who would gain and who would lose what by a change that nobody has saved yet. */
@NullMarked
package dev.objectos.permissions.preview;

import org.jspecify.annotations.NullMarked;
