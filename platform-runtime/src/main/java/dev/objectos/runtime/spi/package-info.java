/** What a plugin may implement or call. */
@NullMarked
package dev.objectos.runtime.spi;

import org.jspecify.annotations.NullMarked;
