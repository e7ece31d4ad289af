package dev.objectos.runtime.spi;

import java.time.Duration;

/** Says again and again how something is doing. Beans of this type are asked from the start, others through {@link Health}. */
public interface HealthProbe {

    /** Unique on this server, such as {@code acme-loyalty.gateway}. */
    String name();

    /** Id of the plugin that it belongs to. */
    default String owner() {
        return "runtime";
    }

    /** Whether the server cannot serve requests while this is down; load balancers then leave it out. */
    default boolean critical() {
        return false;
    }

    /** After which the check is interrupted and has failed. */
    default Duration timeout() {
        return Duration.ofSeconds(5);
    }

    /**
     * Looks now; runs in a thread of its own.
     *
     * @throws Exception counts as down
     */
    HealthResult check() throws Exception;
}
