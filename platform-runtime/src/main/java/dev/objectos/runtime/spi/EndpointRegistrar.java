package dev.objectos.runtime.spi;

import java.util.Collection;

/** Has the controllers of an added plugin answer requests; offered by whoever serves HTTP. */
public interface EndpointRegistrar {

    /** Whether a class is one that {@link #register} takes. */
    boolean isController(Class<?> type);

    /**
     * Mounts controllers beneath {@code /api/x/<plugin id>}, in front of the paths that they declare, in the place of what
     * the plugin has mounted before.
     *
     * @param guard what every request to them passes
     * @return ends that; returns once the requests under way are answered, or after a while
     */
    AutoCloseable register(String plugin, Collection<Object> controllers, CallGuard guard);

    /** The same without a guard. */
    default AutoCloseable register(String plugin, Collection<Object> controllers) {
        return register(plugin, controllers, CallGuard.OPEN);
    }
}
