package dev.objectos.runtime.spi;

import dev.objectos.runtime.event.Subscription;

/** Adds durable subscribers while the server runs; beans are added at the start by themselves. */
public interface EventSubscriptions {

    /**
     * Begins to deliver to a subscriber. Closing ends that on this node and leaves what is yet to be delivered for others,
     * or for when it is added again.
     *
     * @throws IllegalStateException where there is one of that name already
     */
    Subscription add(EventSubscriber subscriber);
}
