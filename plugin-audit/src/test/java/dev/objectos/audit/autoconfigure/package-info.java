/** Tests of the wiring. */
@NullMarked
package dev.objectos.audit.autoconfigure;

import org.jspecify.annotations.NullMarked;
