/** Notifications in the database. */
@NullMarked
package dev.objectos.runtime.notification.store;

import org.jspecify.annotations.NullMarked;
