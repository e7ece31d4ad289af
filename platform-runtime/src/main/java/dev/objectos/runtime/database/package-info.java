/** PostgreSQL: embedded or external, its three roles and its pools. */
@NullMarked
package dev.objectos.runtime.database;

import org.jspecify.annotations.NullMarked;
