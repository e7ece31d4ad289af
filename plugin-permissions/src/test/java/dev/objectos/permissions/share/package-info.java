@NullMarked
package dev.objectos.permissions.share;

import org.jspecify.annotations.NullMarked;
