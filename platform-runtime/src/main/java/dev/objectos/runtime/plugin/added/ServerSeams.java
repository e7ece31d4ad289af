package dev.objectos.runtime.plugin.added;

import dev.objectos.runtime.action.ActionHandlers;
import dev.objectos.runtime.hook.Hooks;
import dev.objectos.runtime.plugin.protocol.Protocols;
import dev.objectos.runtime.resource.Bulkheads;
import dev.objectos.runtime.spi.EndpointRegistrar;
import dev.objectos.runtime.spi.Health;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Where the beans of plugins join the server.
 *
 * @param endpoints empty where nobody serves HTTP
 * @param health empty where nobody watches
 */
public record ServerSeams(AddedInterceptors interceptors, AddedListeners listeners, ActionHandlers actions,
        Supplier<Optional<EndpointRegistrar>> endpoints, Supplier<Optional<Health>> health, Hooks hooks,
        Protocols protocols, Bulkheads bulkheads) {}
