/** Protocols that added plugins speak with clients, beside HTTP. */
@NullMarked
package dev.objectos.runtime.plugin.protocol;

import org.jspecify.annotations.NullMarked;
