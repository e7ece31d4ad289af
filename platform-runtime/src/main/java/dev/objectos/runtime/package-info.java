/** The runtime's entry point and the one exception that every stage refuses with. */
@NullMarked
package dev.objectos.runtime;

import org.jspecify.annotations.NullMarked;
