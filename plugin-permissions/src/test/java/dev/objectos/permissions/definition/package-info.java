/** What is read of files of permissions. */
@NullMarked
package dev.objectos.permissions.definition;

import org.jspecify.annotations.NullMarked;
