/** Tests of the caches. */
@org.jspecify.annotations.NullMarked
package dev.objectos.runtime.cache.node;
