/** Redis, where it is configured to keep values or to share caches; nothing here is loaded where it is not. */
@NullMarked
package dev.objectos.runtime.redis;

import org.jspecify.annotations.NullMarked;
