/** The runtime's only Spring wiring. */
@NullMarked
package dev.objectos.runtime.autoconfigure;

import org.jspecify.annotations.NullMarked;
