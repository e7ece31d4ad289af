/** Single records that people open to others. */
@NullMarked
package dev.objectos.permissions.share;

import org.jspecify.annotations.NullMarked;
