package dev.objectos.runtime.event.delivery;

import dev.objectos.runtime.event.RecordEvent;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/** What is measured of one subscriber, {@code objectos.events.*}. */
final class SubscriberMeters {

    private final MeterRegistry registry;
    private final Clock clock;
    private final Tags tags;
    private final Timer handling;
    private final Timer delay;
    private final Counter delivered;
    private final Counter failed;
    private final Counter dead;
    private final Counter dropped;
    private final List<Meter> gauges = new ArrayList<>();
    private volatile long overdueMillis;

    SubscriberMeters(String subscriber, MeterRegistry registry, Clock clock) {
        this.registry = registry;
        this.clock = clock;
        tags = Tags.of("subscriber", subscriber);
        handling = registry.timer("objectos.events.handling", tags);
        delay = registry.timer("objectos.events.delay", tags);
        delivered = registry.counter("objectos.events.delivered", tags);
        failed = registry.counter("objectos.events.failed", tags);
        dead = registry.counter("objectos.events.dead", tags);
        dropped = registry.counter("objectos.events.dropped", tags);
        gauges.add(Gauge.builder("objectos.events.lag", this, meters -> meters.overdueMillis / 1_000.0).tags(tags)
                .baseUnit("seconds").description("How long the oldest waiting event has been due").register(registry));
    }

    /** Has the handlers that run now counted. */
    <T> void running(T worker, ToDoubleFunction<T> number) {
        gauges.add(Gauge.builder("objectos.events.running", worker, number).tags(tags).register(registry));
    }

    void delivered(RecordEvent event, long nanos) {
        delivered.increment();
        handling.record(nanos, TimeUnit.NANOSECONDS);
        delay.record(Duration.between(event.change().at(), clock.instant()));
    }

    void failed() {
        failed.increment();
    }

    void dead() {
        dead.increment();
    }

    /** A hook has kept it from the subscriber. */
    void dropped() {
        dropped.increment();
    }

    /** What the last look into the database has found. */
    void overdue(long millis) {
        overdueMillis = Math.max(0, millis);
    }

    void close() {
        gauges.forEach(registry::remove);
    }
}
