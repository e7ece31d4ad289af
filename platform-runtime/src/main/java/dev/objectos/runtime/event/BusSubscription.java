package dev.objectos.runtime.event;

/** A subscription to the bus: may pause, and tells how it went so far. */
public interface BusSubscription extends Subscription {

    /** Hears of nothing until {@link #resume}; what is published meanwhile is missed. */
    void pause();

    void resume();

    Statistics statistics();

    /**
     * How it went so far.
     *
     * @param delivered handled without a failure
     * @param failed handlers that threw
     * @param timedOut handlers that took too long
     * @param missed events published during a pause, or while a handler hung beyond its timeout
     */
    record Statistics(long delivered, long failed, long timedOut, long missed) {}
}
