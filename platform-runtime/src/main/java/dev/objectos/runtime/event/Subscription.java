package dev.objectos.runtime.event;

/** Somebody's interest in events, until it is closed. */
public interface Subscription extends AutoCloseable {

    /** Ends the interest; a handler under way runs to its end. May be called again. */
    @Override
    void close();
}
