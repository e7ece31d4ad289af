package dev.objectos.runtime.health;

import java.time.Duration;
import java.util.Optional;

/**
 * When to start again what has failed.
 *
 * @param first pause before the first try; doubled before each further one
 * @param longest what the doubling ends at
 * @param tries in a row, after which it is given up
 * @param stable how long it must run after a start until its failures count from the beginning again
 */
public record RestartPolicy(Duration first, Duration longest, int tries, Duration stable) {

    public static final RestartPolicy DEFAULT = new RestartPolicy(Duration.ofSeconds(1), Duration.ofSeconds(60), 5,
            Duration.ofSeconds(60));

    public RestartPolicy {
        if (!first.isPositive() || longest.compareTo(first) < 0 || tries < 0 || stable.isNegative()) {
            throw new IllegalArgumentException("restarts: the first pause must be positive and not above the longest, "
                    + "tries and stable must not be negative");
        }
    }

    /**
     * How long to wait before a try.
     *
     * @param number of the try, from 1
     * @return empty: it is given up
     */
    public Optional<Duration> pause(int number) {
        if (number > tries) {
            return Optional.empty();
        }
        Duration pause = first;
        for (int i = 1; i < number && pause.compareTo(longest) < 0; i++) {
            pause = pause.multipliedBy(2);
        }
        return Optional.of(pause.compareTo(longest) < 0 ? pause : longest);
    }
}
