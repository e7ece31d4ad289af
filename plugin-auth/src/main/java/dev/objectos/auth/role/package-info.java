/** Which names mean something as a role. */
@NullMarked
package dev.objectos.auth.role;

import org.jspecify.annotations.NullMarked;
