package dev.objectos.runtime.cache.node;

import dev.objectos.runtime.cache.CacheStatistics;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/** What is measured of the caches of one name, {@code objectos.cache.*}. */
final class CacheMeters {

    private final MeterRegistry registry;
    /** Held here, for meters hold what they measure weakly. */
    @SuppressWarnings("unused")
    private final Supplier<CacheStatistics> statistics;
    private final List<Meter> meters;

    CacheMeters(String plugin, String name, Supplier<CacheStatistics> cache, MeterRegistry registry) {
        this.registry = registry;
        this.statistics = cache;
        Tags tags = Tags.of("plugin", plugin, "cache", name);
        meters = List.of(
                Gauge.builder("objectos.cache.entries", cache, each -> each.get().entries()).tags(tags)
                        .register(registry),
                counter("objectos.cache.gets", tags.and("result", "hit"), cache, CacheStatistics::hits),
                counter("objectos.cache.gets", tags.and("result", "miss"), cache, CacheStatistics::misses),
                counter("objectos.cache.loads", tags.and("result", "done"), cache, CacheStatistics::loads),
                counter("objectos.cache.loads", tags.and("result", "failed"), cache, CacheStatistics::failures),
                counter("objectos.cache.evictions", tags, cache, CacheStatistics::evictions));
    }

    private FunctionCounter counter(String name, Tags tags, Supplier<CacheStatistics> cache,
            ToLongFunction<CacheStatistics> part) {
        return FunctionCounter.builder(name, cache, each -> part.applyAsLong(each.get())).tags(tags)
                .register(registry);
    }

    void close() {
        meters.forEach(registry::remove);
    }
}
