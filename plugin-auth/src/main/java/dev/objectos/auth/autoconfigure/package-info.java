/** The auth plugin's only Spring wiring. */
@NullMarked
package dev.objectos.auth.autoconfigure;

import org.jspecify.annotations.NullMarked;
