package dev.objectos.runtime.health;

import java.time.Duration;
import java.time.Instant;

/** Stops asking what has failed again and again, and tries it once after each rest. Not for several threads. */
final class CircuitBreaker {

    /** Whether to ask. */
    enum State {
        /** Yes. */
        CLOSED,
        /** Not until the rest is over. */
        OPEN,
        /** Once; the answer decides. */
        HALF_OPEN
    }

    private final int threshold;
    private final Duration rest;
    private int failures;
    private State state = State.CLOSED;
    private Instant restUntil = Instant.MIN;

    CircuitBreaker(int threshold, Duration rest) {
        this.threshold = threshold;
        this.rest = rest;
    }

    /** Whether to ask now. */
    boolean admits(Instant now) {
        if (state == State.OPEN && !now.isBefore(restUntil)) {
            state = State.HALF_OPEN;
        }
        return state != State.OPEN;
    }

    void succeeded() {
        failures = 0;
        state = State.CLOSED;
    }

    void failed(Instant now) {
        failures++;
        if (failures >= threshold) {
            state = State.OPEN;
            restUntil = now.plus(rest);
        }
    }

    /** In a row. */
    int failures() {
        return failures;
    }

    State state() {
        return state;
    }
}
