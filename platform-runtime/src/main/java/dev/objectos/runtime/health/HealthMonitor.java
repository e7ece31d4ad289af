package dev.objectos.runtime.health;

import dev.objectos.runtime.event.EventBus;
import dev.objectos.runtime.event.HealthChanged;
import dev.objectos.runtime.event.Subscription;
import dev.objectos.runtime.spi.Health;
import dev.objectos.runtime.spi.HealthProbe;
import dev.objectos.runtime.spi.HealthResult;
import dev.objectos.runtime.spi.HealthStatus;
import dev.objectos.runtime.spi.ProbeHealth;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks every probe in rounds, all of them at the same time, and tells of what changes. */
public final class HealthMonitor implements Health, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HealthMonitor.class);

    private final HealthProperties properties;
    private final EventBus bus;
    private final MeterRegistry registry;
    private final Clock clock;
    private final Map<String, Watch> watches = new ConcurrentHashMap<>();
    private final ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(1,
            Thread.ofPlatform().daemon().name("objectos-health").factory());

    public HealthMonitor(HealthProperties properties, EventBus bus, MeterRegistry registry, Clock clock) {
        this.properties = properties;
        this.bus = bus;
        this.registry = registry;
        this.clock = clock;
        Gauge.builder("objectos.health", this, monitor -> monitor.status().level())
                .description("0: up, 1: degraded, 2: down").register(registry);
    }

    /** A probe, what it has answered, and its check under way. */
    private static final class Watch {

        private final HealthProbe probe;
        private final ProbeRecord record;
        private final Timer timer;
        private final Gauge gauge;
        // Of the thread that makes the round alone.
        private @Nullable ProbeRun last;

        Watch(HealthProbe probe, HealthProperties properties, MeterRegistry registry) {
            this.probe = probe;
            this.record = new ProbeRecord(probe, properties);
            this.timer = Timer.builder("objectos.health.checks").tag("probe", probe.name()).register(registry);
            this.gauge = Gauge.builder("objectos.health.probe", record, of -> of.status().level())
                    .tag("probe", probe.name()).description("0: up, 1: degraded, 2: down").register(registry);
        }
    }

    /** Begins with the rounds. */
    public void start() {
        var _ = scheduler.scheduleWithFixedDelay(this::roundOrLog, 0, properties.interval().toNanos(),
                TimeUnit.NANOSECONDS);
    }

    private void roundOrLog() {
        try {
            round();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            // A scheduler forgets a task that throws.
            LOG.error("The round of health probes failed", e);
        }
    }

    /** Asks everything that is due, and returns once each has answered or timed out. */
    void round() throws InterruptedException {
        var asked = new ArrayList<Watch>();
        for (Watch watch : watches.values()) {
            if (!watch.record.isDue(clock.instant())) {
                continue;
            }
            ProbeRun last = watch.last;
            if (last != null && last.hangs()) {
                note(watch, HealthResult.down("an earlier check still hangs"), last.took());
            } else {
                watch.last = ProbeRun.begin(watch.probe);
                asked.add(watch);
            }
        }
        for (Watch watch : asked) {
            ProbeRun run = watch.last;
            if (run != null) {
                HealthResult result = run.await();
                note(watch, result, run.took());
            }
        }
    }

    private void note(Watch watch, HealthResult result, Duration took) {
        watch.timer.record(took);
        watch.record.note(result, clock.instant(), took).ifPresent(this::tell);
    }

    private void tell(HealthChanged change) {
        if (change.to().equals(HealthStatus.UP.name())) {
            LOG.info("{} is up again: {}", change.probe(), change.message());
        } else {
            LOG.warn("{} is {}: {}", change.probe(), change.to(), change.message());
        }
        registry.counter("objectos.health.changes", "probe", change.probe(), "to", change.to()).increment();
        bus.publish(change);
    }

    @Override
    public HealthStatus status() {
        HealthStatus worst = HealthStatus.UP;
        for (Watch watch : watches.values()) {
            HealthStatus status = watch.record.status();
            if (status == HealthStatus.DOWN && watch.probe.critical()) {
                return HealthStatus.DOWN;
            }
            if (status != HealthStatus.UP) {
                worst = HealthStatus.DEGRADED;
            }
        }
        return worst;
    }

    @Override
    public List<ProbeHealth> probes() {
        return watches.values().stream().map(watch -> watch.record.health())
                .sorted(Comparator.comparing(ProbeHealth::name)).toList();
    }

    @Override
    public synchronized Subscription watch(HealthProbe probe) {
        if (watches.containsKey(probe.name())) {
            throw new IllegalStateException("there is a health probe called " + probe.name() + " already");
        }
        var watch = new Watch(probe, properties, registry);
        watches.put(probe.name(), watch);
        return () -> forget(watch);
    }

    private synchronized void forget(Watch watch) {
        if (watches.remove(watch.probe.name(), watch)) {
            registry.remove(watch.gauge);
            registry.remove(watch.timer);
        }
    }

    @Override
    public void close() {
        scheduler.shutdownNow();
    }
}
