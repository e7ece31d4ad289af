package dev.objectos.runtime.event.delivery;

import dev.objectos.runtime.event.RecordEvent;
import org.jspecify.annotations.Nullable;

/** Looks at each event on its way to a subscriber, in the thread that hands it over and within the time of its try. */
public interface DeliveryGuard {

    /** Lets everything pass. */
    DeliveryGuard OPEN = new DeliveryGuard() {

        @Override
        public boolean admits(String subscriber, RecordEvent event) {
            return true;
        }

        @Override
        public void handled(String subscriber, RecordEvent event, @Nullable Throwable failure) {}
    };

    /**
     * Whether the subscriber is told of the event; one that is not told is done with it. What is thrown is a failed try.
     */
    boolean admits(String subscriber, RecordEvent event);

    /**
     * The subscriber has ended; must not throw.
     *
     * @param failure null: it went well
     */
    void handled(String subscriber, RecordEvent event, @Nullable Throwable failure);
}
