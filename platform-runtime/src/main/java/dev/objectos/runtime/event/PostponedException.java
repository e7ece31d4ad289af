package dev.objectos.runtime.event;

import java.time.Duration;

/**
 * Thrown by a subscriber that cannot handle an event yet, through no fault of the event: it comes again after a while, and
 * the try does not count. The later events of its record wait for it.
 */
public final class PostponedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Duration delay;

    /** @param reason for the log */
    public PostponedException(Duration delay, String reason) {
        super(reason);
        if (delay.isNegative()) {
            throw new IllegalArgumentException("a delay must not be negative: " + delay);
        }
        this.delay = delay;
    }

    public Duration delay() {
        return delay;
    }
}
