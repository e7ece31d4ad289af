@NullMarked
package dev.objectos.auth.role;

import org.jspecify.annotations.NullMarked;
