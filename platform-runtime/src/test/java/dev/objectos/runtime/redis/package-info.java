/** Redis for tests. */
@org.jspecify.annotations.NullMarked
package dev.objectos.runtime.redis;
