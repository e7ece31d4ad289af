package dev.objectos.runtime.service;

import java.time.Duration;

/** Nobody offered a service in time. */
public final class ServiceMissingException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    /** @param offered what there is of that name instead, for people */
    public ServiceMissingException(ServiceNeed<?> need, Duration waited, String offered) {
        super("Nobody offered the service " + need + " within " + waited.toMillis() + " ms; " + offered);
    }
}
