package dev.objectos.runtime.event;

import java.time.Duration;

/**
 * How events are delivered to a subscriber.
 *
 * @param retries tries after the first one
 * @param backoff before the first retry; doubled before each further one, give or take a quarter
 * @param backoffLimit what the doubling ends at
 * @param timeout after which a handler is interrupted and its try has failed
 * @param concurrency records that one node handles at the same time
 */
public record DeliveryPolicy(int retries, Duration backoff, Duration backoffLimit, Duration timeout, int concurrency) {

    public DeliveryPolicy {
        if (retries < 0 || concurrency < 1 || !timeout.isPositive() || backoff.isNegative()
                || backoffLimit.isNegative()) {
            throw new IllegalArgumentException("delivery of events: retries and backoff must not be negative, "
                    + "timeout and concurrency must be positive");
        }
    }

    /** All tries together. */
    public int tries() {
        return retries + 1;
    }

    public DeliveryPolicy withRetries(int number) {
        return new DeliveryPolicy(number, backoff, backoffLimit, timeout, concurrency);
    }

    public DeliveryPolicy withBackoff(Duration first) {
        return new DeliveryPolicy(retries, first, backoffLimit, timeout, concurrency);
    }

    public DeliveryPolicy withTimeout(Duration limit) {
        return new DeliveryPolicy(retries, backoff, backoffLimit, limit, concurrency);
    }

    public DeliveryPolicy withConcurrency(int records) {
        return new DeliveryPolicy(retries, backoff, backoffLimit, timeout, records);
    }
}
