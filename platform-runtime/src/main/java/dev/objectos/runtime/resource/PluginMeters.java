package dev.objectos.runtime.resource;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What is measured of one plugin, {@code objectos.plugin.*}. */
final class PluginMeters {

    private final Map<CallKind, Timer> calls = new EnumMap<>(CallKind.class);
    private final Map<Limit, Counter> violations = new EnumMap<>(Limit.class);
    private final Timer database;
    private final Counter refused;
    private final Counter processor;
    private final Counter allocated;

    PluginMeters(String plugin, MeterRegistry registry) {
        var tags = Tags.of("plugin", plugin);
        for (CallKind kind : CallKind.values()) {
            calls.put(kind, Timer.builder("objectos.plugin.calls").tags(tags).tag("kind", kind.word())
                    .description("Calls into the plugin's code").register(registry));
        }
        for (Limit limit : Limit.values()) {
            violations.put(limit, Counter.builder("objectos.plugin.violations").tags(tags).tag("limit", limit.word())
                    .description("How often a limit was exceeded").register(registry));
        }
        database = Timer.builder("objectos.plugin.database").tags(tags)
                .description("Statements sent by the plugin's code").register(registry);
        refused = Counter.builder("objectos.plugin.refused").tags(tags)
                .description("Calls that were not let in").register(registry);
        processor = Counter.builder("objectos.plugin.cpu").tags(tags).baseUnit("seconds")
                .description("Processor time of the plugin's threads").register(registry);
        allocated = Counter.builder("objectos.plugin.allocated").tags(tags).baseUnit("bytes")
                .description("Memory that the plugin's threads have asked for").register(registry);
    }

    void called(CallKind kind, long nanos, ThreadUsage usage) {
        Timer timer = calls.get(kind);
        if (timer != null) {
            timer.record(nanos, TimeUnit.NANOSECONDS);
        }
        processor.increment(usage.processorNanos() / 1e9);
        allocated.increment(usage.bytes());
    }

    void statement(long nanos) {
        database.record(nanos, TimeUnit.NANOSECONDS);
    }

    void refused() {
        refused.increment();
    }

    void violated(Limit limit) {
        Counter counter = violations.get(limit);
        if (counter != null) {
            counter.increment();
        }
    }
}
