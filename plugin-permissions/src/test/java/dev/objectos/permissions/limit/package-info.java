@NullMarked
package dev.objectos.permissions.limit;

import org.jspecify.annotations.NullMarked;
