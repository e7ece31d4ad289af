package dev.objectos.runtime.cache.node;

import dev.objectos.runtime.cache.CacheStatistics;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import java.util.function.ToLongFunction;

/** What is measured of one cache, {@code objectos.cache.*}. */
final class CacheMeters {

    private final MeterRegistry registry;
    private final List<Meter> meters;

    CacheMeters(String plugin, NodeCache<?> cache, MeterRegistry registry) {
        this.registry = registry;
        Tags tags = Tags.of("plugin", plugin, "cache", cache.name());
        meters = List.of(
                Gauge.builder("objectos.cache.entries", cache, each -> each.statistics().entries()).tags(tags)
                        .register(registry),
                counter("objectos.cache.gets", tags.and("result", "hit"), cache, CacheStatistics::hits),
                counter("objectos.cache.gets", tags.and("result", "miss"), cache, CacheStatistics::misses),
                counter("objectos.cache.loads", tags.and("result", "done"), cache, CacheStatistics::loads),
                counter("objectos.cache.loads", tags.and("result", "failed"), cache, CacheStatistics::failures),
                counter("objectos.cache.evictions", tags, cache, CacheStatistics::evictions));
    }

    private FunctionCounter counter(String name, Tags tags, NodeCache<?> cache, ToLongFunction<CacheStatistics> part) {
        return FunctionCounter.builder(name, cache, each -> part.applyAsLong(each.statistics())).tags(tags)
                .register(registry);
    }

    void close() {
        meters.forEach(registry::remove);
    }
}
