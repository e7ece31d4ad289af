package dev.objectos.runtime.health;

import dev.objectos.runtime.event.HealthChanged;
import dev.objectos.runtime.spi.HealthProbe;
import dev.objectos.runtime.spi.HealthResult;
import dev.objectos.runtime.spi.HealthStatus;
import dev.objectos.runtime.spi.ProbeHealth;
import dev.objectos.runtime.spi.ProbeHealth.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a probe has answered so far, and what follows from it. */
final class ProbeRecord {

    private final HealthProbe probe;
    private final int kept;
    private final CircuitBreaker breaker;
    private final Deque<Sample> history = new ArrayDeque<>();
    private HealthStatus status = HealthStatus.UP;
    private String message = "not asked yet";
    private @Nullable Instant since;

    ProbeRecord(HealthProbe probe, HealthProperties properties) {
        this.probe = probe;
        this.kept = properties.history();
        this.breaker = new CircuitBreaker(properties.failures(), properties.rest());
    }

    synchronized boolean isDue(Instant now) {
        return breaker.admits(now);
    }

    /** Notes an answer; gives the change, where it is one. A single failure degrades, many in a row bring down. */
    synchronized Optional<HealthChanged> note(HealthResult result, Instant at, Duration took) {
        if (result.status() == HealthStatus.DOWN) {
            breaker.failed(at);
        } else {
            breaker.succeeded();
        }
        HealthStatus now = result.status() == HealthStatus.DOWN && breaker.state() != CircuitBreaker.State.OPEN
                ? HealthStatus.DEGRADED
                : result.status();
        history.addFirst(new Sample(at, result.status(), result.message(), took));
        if (history.size() > kept) {
            history.removeLast();
        }
        message = result.message();
        if (now == status && since != null) {
            return Optional.empty();
        }
        HealthStatus before = status;
        status = now;
        since = at;
        return before == now
                ? Optional.empty()
                : Optional.of(new HealthChanged(probe.name(), probe.owner(), before.name(), now.name(), message));
    }

    synchronized HealthStatus status() {
        return status;
    }

    synchronized ProbeHealth health() {
        return new ProbeHealth(probe.name(), probe.owner(), probe.critical(), status, message, since,
                breaker.failures(), breaker.state().name(), List.copyOf(history));
    }
}
