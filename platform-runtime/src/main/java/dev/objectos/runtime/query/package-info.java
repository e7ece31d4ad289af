/** Queries and mutations as values, the same whatever surface they came from. */
@NullMarked
package dev.objectos.runtime.query;

import org.jspecify.annotations.NullMarked;
