/** What HTTP clients ask about permissions. */
@NullMarked
package dev.objectos.permissions.api;

import org.jspecify.annotations.NullMarked;
