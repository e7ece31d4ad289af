/** The only Spring wiring of this module. */
@NullMarked
package dev.objectos.server.autoconfigure;

import org.jspecify.annotations.NullMarked;
