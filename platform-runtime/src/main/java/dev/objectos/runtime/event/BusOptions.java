package dev.objectos.runtime.event;

import java.time.Duration;

/**
 * How a subscription to the bus is served.
 *
 * @param priority higher hears of an event first; lower ones wait until the higher ones are done with it
 * @param timeout after which a handler is interrupted and no longer waited for
 */
public record BusOptions(int priority, Duration timeout) {

    public static final BusOptions DEFAULT = new BusOptions(0, Duration.ofSeconds(5));

    public BusOptions {
        if (!timeout.isPositive()) {
            throw new IllegalArgumentException("a handler needs time: " + timeout);
        }
    }

    public static BusOptions priority(int priority) {
        return new BusOptions(priority, DEFAULT.timeout());
    }
}
