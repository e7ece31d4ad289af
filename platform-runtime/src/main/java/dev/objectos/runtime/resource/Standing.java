package dev.objectos.runtime.resource;

import java.time.Duration;
import java.time.Instant;

/**
 * How a plugin stands with the server.
 *
 * @param until when it ends by itself
 * @param reason for people; empty where there is nothing to say
 */
record Standing(Kind kind, Instant until, String reason) {

    static final Standing GOOD = new Standing(Kind.GOOD, Instant.MAX, "");

    /** What it means for calls. */
    enum Kind {
        GOOD,
        /** One call at a time. */
        THROTTLED,
        /** No calls. */
        SUSPENDED
    }

    boolean over(Instant now) {
        return kind != Kind.GOOD && !now.isBefore(until);
    }

    /** How long it lasts, at most an hour. */
    Duration left(Instant now) {
        Instant horizon = now.plus(Duration.ofHours(1));
        return Duration.between(now, until.isBefore(horizon) ? until : horizon);
    }
}
