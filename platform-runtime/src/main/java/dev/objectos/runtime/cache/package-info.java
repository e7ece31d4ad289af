/** What plugins keep in memory for a while, for each tenant apart, and forget on all nodes together. */
@NullMarked
package dev.objectos.runtime.cache;

import org.jspecify.annotations.NullMarked;
