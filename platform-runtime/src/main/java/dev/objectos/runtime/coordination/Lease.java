package dev.objectos.runtime.coordination;

import java.time.Duration;

/** A lock that is held for a while; closing gives it back. */
public interface Lease extends AutoCloseable {

    String name();

    /**
     * Greater than that of whoever held the lock before. What is written under the lock carries it along, and whoever keeps
     * the writings refuses lower numbers than the highest that he has seen: a holder whose time is up may not know it yet.
     */
    long fencingToken();

    /** How long it is held at least; zero or less: others may have it. */
    Duration remaining();

    default boolean isHeld() {
        return remaining().isPositive();
    }

    /** Holds it for that long from now on; 1 s to 24 hours. @return whether it was still held */
    boolean renew(Duration time);

    /** Gives it back. What was lost already is left to its new holder. */
    @Override
    void close();
}
