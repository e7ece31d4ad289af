/** Compiles plans to SQL and runs them. */
@NullMarked
package dev.objectos.runtime.sql;

import org.jspecify.annotations.NullMarked;
