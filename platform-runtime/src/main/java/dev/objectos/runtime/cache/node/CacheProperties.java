package dev.objectos.runtime.cache.node;

import dev.objectos.runtime.cache.CacheOptions;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What holds for caches that say nothing else ({@code objectos.cache}).
 *
 * @param maximumEntries of one cache, over all tenants
 * @param timeToLive of an entry
 * @param listen whether nodes tell each other what to forget, over a connection of its own; not possible through a pooler in
 *        transaction mode
 * @param driver {@code node}: each node has its own values; {@code redis}: nodes share them there too
 */
@ConfigurationProperties("objectos.cache")
public record CacheProperties(@DefaultValue("10000") long maximumEntries, @DefaultValue("10m") Duration timeToLive,
        @DefaultValue("true") boolean listen, @DefaultValue("node") String driver) {

    public static final String NODE = "node";
    public static final String REDIS = "redis";

    public CacheProperties {
        if (!driver.equals(NODE) && !driver.equals(REDIS)) {
            throw new IllegalArgumentException("objectos.cache.driver is node or redis, not " + driver);
        }
        if (maximumEntries < 1 || !timeToLive.isPositive()) {
            throw new IllegalArgumentException("objectos.cache: maximum-entries and time-to-live must be positive");
        }
    }

    <V> CacheOptions<V> options() {
        return CacheOptions.entries(maximumEntries, timeToLive);
    }
}
