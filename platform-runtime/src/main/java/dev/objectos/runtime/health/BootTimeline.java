package dev.objectos.runtime.health;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How long each phase of the boot sequence took. */
public final class BootTimeline {

    private static final Logger LOG = LoggerFactory.getLogger(BootTimeline.class);

    private final List<Phase> phases = new ArrayList<>();

    /** A phase that is over. */
    public record Phase(String name, Duration took) {

        @Override
        public String toString() {
            return name + " " + took.toMillis() + " ms";
        }
    }

    /** Does the work of a phase; one that throws has no place on the line. */
    public <T> T phase(String name, Supplier<T> work) {
        long begun = System.nanoTime();
        T result = work.get();
        add(new Phase(name, Duration.ofNanos(System.nanoTime() - begun)));
        return result;
    }

    public void phase(String name, Runnable work) {
        phase(name, () -> {
            work.run();
            return name;
        });
    }

    private synchronized void add(Phase phase) {
        phases.add(phase);
    }

    /** In the order in which they ended. */
    public synchronized List<Phase> phases() {
        return List.copyOf(phases);
    }

    /** Tells of all phases: one line in the log, and {@code objectos.boot.phase} for each. */
    public void finished(MeterRegistry registry) {
        List<Phase> all = phases();
        LOG.info("Boot: {}", all.stream().map(Phase::toString).collect(Collectors.joining(", ")));
        for (Phase phase : all) {
            TimeGauge.builder("objectos.boot.phase", phase, TimeUnit.NANOSECONDS, of -> of.took().toNanos())
                    .tag("phase", phase.name()).strongReference(true).register(registry);
        }
    }
}
