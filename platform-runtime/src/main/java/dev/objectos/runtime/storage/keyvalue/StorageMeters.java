package dev.objectos.runtime.storage.keyvalue;

import dev.objectos.runtime.storage.StorageOperation;
import dev.objectos.runtime.storage.StorageUsage;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/** What is measured of the stores, {@code objectos.storage.*}. */
public final class StorageMeters {

    private final MeterRegistry registry;
    private final MultiGauge bytes;
    private final MultiGauge entries;
    private final Counter expired;

    public StorageMeters(MeterRegistry registry) {
        this.registry = registry;
        bytes = MultiGauge.builder("objectos.storage.used").baseUnit("bytes")
                .description("What a plugin keeps in all tenants").register(registry);
        entries = MultiGauge.builder("objectos.storage.entries").register(registry);
        expired = registry.counter("objectos.storage.expired");
    }

    <T> T timed(String owner, StorageOperation operation, Supplier<T> work) {
        Timer.Sample sample = Timer.start(registry);
        String outcome = "refused";
        try {
            T result = work.get();
            outcome = "done";
            return result;
        } finally {
            sample.stop(registry.timer("objectos.storage.operations", "owner", owner, "operation",
                    operation.name().toLowerCase(Locale.ROOT), "outcome", outcome));
        }
    }

    void overQuota(String owner) {
        registry.counter("objectos.storage.over.quota", "owner", owner).increment();
    }

    void late(String interceptor) {
        registry.counter("objectos.storage.interceptors.late", "interceptor", interceptor).increment();
    }

    void expired(int removed) {
        expired.increment(removed);
    }

    void used(Map<String, StorageUsage> usages) {
        bytes.register(rows(usages, StorageUsage::bytes), true);
        entries.register(rows(usages, StorageUsage::entries), true);
    }

    private static List<MultiGauge.Row<?>> rows(Map<String, StorageUsage> usages, ToLongFunction<StorageUsage> part) {
        return usages.entrySet().stream().<MultiGauge.Row<?>>map(
                usage -> MultiGauge.Row.of(Tags.of("owner", usage.getKey()), part.applyAsLong(usage.getValue())))
                .toList();
    }
}
