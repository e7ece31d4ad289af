package dev.objectos.runtime.spi;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a probe.
 *
 * @param critical whether requests cannot be served while it is down
 * @param since when it took this status; null: never asked yet
 * @param failures in a row
 * @param breaker whether it is asked: {@code CLOSED} (in turn), {@code OPEN} (left alone for a while), {@code HALF_OPEN}
 *        (the next answer decides)
 * @param history newest first
 */
public record ProbeHealth(String name, String owner, boolean critical, HealthStatus status, String message,
        @Nullable Instant since, int failures, String breaker, List<Sample> history) {

    public ProbeHealth {
        history = List.copyOf(history);
    }

    /** One answer, and how long it took. */
    public record Sample(Instant at, HealthStatus status, String message, Duration took) {}
}
