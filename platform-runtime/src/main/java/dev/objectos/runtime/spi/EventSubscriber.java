package dev.objectos.runtime.spi;

import dev.objectos.runtime.event.DeliveryPolicy;
import dev.objectos.runtime.event.EventFilter;
import dev.objectos.runtime.event.RecordEvent;
import dev.objectos.runtime.session.Session;

/**
 * Hears of every committed change that it wants to know of, from the outbox: at least once, the events of one record one
 * after another in the order in which they happened, over all nodes and restarts. A bean of this type subscribes.
 */
public interface EventSubscriber {

    /**
     * Under which events wait for this subscriber, also while no server runs that has it. Must be unique and stay the same
     * from version to version, as in {@code acme-billing.invoices}.
     */
    String name();

    /** Which events are wanted; always the same answer. */
    default EventFilter filter() {
        return EventFilter.EVERYTHING;
    }

    /** How this subscriber departs from what is configured for all; settings for this very subscriber win over it. */
    default DeliveryPolicy policy(DeliveryPolicy configured) {
        return configured;
    }

    /**
     * Does what follows from the event. Whatever it throws is a failed try, and so is running longer than the policy's
     * timeout, at which the thread is interrupted; after the last try the event becomes a dead letter. Called again with
     * the same {@link RecordEvent#id} after a crash, so effects must bear that.
     *
     * @param session the platform's own, in the event's tenant and with the origin TRIGGER; who made the change is
     *        {@code event.change().actor()}
     */
    void handle(RecordEvent event, Session session) throws Exception;
}
