package dev.objectos.runtime.event.delivery;

import dev.objectos.runtime.event.DeliveryPolicy;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long to wait before the next try. */
final class Backoff {

    private static final int MOST_DOUBLINGS = 30;

    private Backoff() {}

    /** Doubled from failure to failure up to the limit, then spread by a quarter so that those that failed together part. */
    static Duration after(int failures, DeliveryPolicy policy, RandomGenerator random) {
        double doubled = policy.backoff().toMillis() * Math.pow(2, Math.min(failures - 1, MOST_DOUBLINGS));
        double limited = Math.min(doubled, policy.backoffLimit().toMillis());
        return Duration.ofMillis(Math.round(limited * random.nextDouble(0.75, 1.25)));
    }
}
