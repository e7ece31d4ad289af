/** Work that requests leave for later. */
@NullMarked
package dev.objectos.auth.background;

import org.jspecify.annotations.NullMarked;
