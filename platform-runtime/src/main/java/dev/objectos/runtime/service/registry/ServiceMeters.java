package dev.objectos.runtime.service.registry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.ToDoubleFunction;

/** What the registry counts: {@code objectos.services.…}. */
final class ServiceMeters {

    private final MeterRegistry registry;
    private final Counter found;
    private final Counter missing;
    private final Counter clean;
    private final Counter forced;

    ServiceMeters(MeterRegistry registry) {
        this.registry = registry;
        found = registry.counter("objectos.services.lookups", "outcome", "found");
        missing = registry.counter("objectos.services.lookups", "outcome", "missing");
        clean = registry.counter("objectos.services.withdrawals", "outcome", "clean");
        forced = registry.counter("objectos.services.withdrawals", "outcome", "forced");
    }

    <S> void watch(S state, ToDoubleFunction<S> offered, ToDoubleFunction<S> references) {
        Gauge.builder("objectos.services.offered", state, offered).register(registry);
        Gauge.builder("objectos.services.references", state, references).register(registry);
    }

    void lookup(boolean successful) {
        (successful ? found : missing).increment();
    }

    void withdrawal(boolean wasForced) {
        (wasForced ? forced : clean).increment();
    }
}
