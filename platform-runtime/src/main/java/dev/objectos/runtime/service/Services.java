package dev.objectos.runtime.service;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Services as one plugin sees them: what it offers, it offers in its name, and what it uses is noted as its use. */
public interface Services {

    /**
     * Offers a service to everybody.
     *
     * @throws IllegalStateException where this plugin offers that capability in that version already, or the capability is
     *         offered with another type
     */
    <T> ServiceOffer offer(ServiceKey<T> key, T service);

    /**
     * The newest service that will do, if there is one now.
     *
     * @throws IllegalArgumentException where the capability is offered with another type
     */
    <T> Optional<ServiceReference<T>> find(ServiceNeed<T> need);

    /**
     * The same, once there is one.
     *
     * @throws ServiceMissingException where nobody has offered one in time
     */
    <T> ServiceReference<T> await(ServiceNeed<T> need, Duration timeout) throws InterruptedException;

    /** What is offered, by capability and then newest first. */
    List<ServiceDescription> discover(ServiceQuery query);
}
