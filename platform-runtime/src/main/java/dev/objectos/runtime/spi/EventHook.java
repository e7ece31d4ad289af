package dev.objectos.runtime.spi;

import dev.objectos.runtime.event.RecordEvent;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A plugin's code before and after events are told. A bean of this type takes part. Each call has a thread of its own and so
 * much time as {@code objectos.hooks.timeout} and the plugin's limits give it. No hook can change an event.
 */
public interface EventHook {

    /** When a hook is called. */
    enum Point {
        /** An event of the bus is about to be told. */
        BEFORE_PUBLISH,
        /** An event of the bus has been told to everybody. */
        AFTER_PUBLISH,
        /** A record event is about to be handed to a subscriber. */
        BEFORE_DELIVER,
        /** A subscriber has had a record event, well or not. */
        AFTER_DELIVER
    }

    /** Names it in messages, as in {@code acme-billing.quiet-hours}. */
    String name();

    /** When it is called; always the same answer. */
    Set<Point> points();

    /** Lower comes first. */
    default int order() {
        return 0;
    }

    /** Whether an event of the bus is told to anybody; where this fails, it is. */
    default boolean beforePublish(@SuppressWarnings("unused") Object event) throws Exception {
        return true;
    }

    /** Called once everybody has been told. */
    default void afterPublish(@SuppressWarnings("unused") Object event) throws Exception {}

    /**
     * Whether a subscriber is told of a record event; one that it is not told of counts as delivered. Where this fails, the
     * try has failed.
     */
    default boolean beforeDeliver(@SuppressWarnings("unused") String subscriber,
            @SuppressWarnings("unused") RecordEvent event) throws Exception {
        return true;
    }

    /**
     * Called after each try.
     *
     * @param failure null: it went well
     */
    default void afterDeliver(@SuppressWarnings("unused") String subscriber,
            @SuppressWarnings("unused") RecordEvent event, @SuppressWarnings("unused") @Nullable Throwable failure)
            throws Exception {}
}
