package dev.objectos.runtime.cache;

/**
 * What a cache has done on this node since it was opened.
 *
 * @param entries that it holds, about
 * @param loads that ended with a value or its absence
 * @param failures loads that threw something
 * @param evictions for want of space or for their age
 */
public record CacheStatistics(long entries, long hits, long misses, long loads, long failures, long evictions) {

    /** Of a cache that is not there. */
    public static final CacheStatistics NONE = new CacheStatistics(0, 0, 0, 0, 0, 0);
}
