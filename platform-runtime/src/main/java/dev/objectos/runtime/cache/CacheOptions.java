package dev.objectos.runtime.cache;

import java.time.Duration;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * How much a cache holds, and for how long.
 *
 * @param maximum entries, or their weight together where there is a weigher; over all tenants
 * @param weigher of a value; null: each counts as one
 * @param timeToLive after it was loaded; also what bounds how stale a value may become where a notice of another node is lost
 * @param absence whether it is remembered that there is no value
 */
public record CacheOptions<V>(long maximum, @Nullable ToIntFunction<V> weigher, Duration timeToLive, boolean absence) {

    public CacheOptions {
        if (maximum < 1 || !timeToLive.isPositive()) {
            throw new IllegalArgumentException(
                    "a cache has a positive maximum and time to live, not " + maximum + " and "
                            + timeToLive);
        }
    }

    public static <V> CacheOptions<V> entries(long maximum, Duration timeToLive) {
        return new CacheOptions<>(maximum, null, timeToLive, false);
    }

    public static <V> CacheOptions<V> weight(long maximum, ToIntFunction<V> weigher, Duration timeToLive) {
        return new CacheOptions<>(maximum, weigher, timeToLive, false);
    }

    /** The same, and it is remembered that there is no value. */
    public CacheOptions<V> rememberingAbsence() {
        return new CacheOptions<>(maximum, weigher, timeToLive, true);
    }

    /** The same for another time to live. */
    public CacheOptions<V> lasting(Duration time) {
        return new CacheOptions<>(maximum, weigher, time, absence);
    }
}
