package dev.objectos.runtime.action;

import dev.objectos.runtime.spi.ActionHandler;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The handlers that actions call by name: those that are built in, and those that plugins have brought and not taken away. */
public final class ActionHandlers {

    private final Supplier<List<ActionHandler>> builtIn;
    private final Map<String, List<ActionHandler>> added = new LinkedHashMap<>();
    private volatile Map<String, ActionHandler> byName = Map.of();

    /** @param builtIn asked when one is first looked for */
    public ActionHandlers(Supplier<List<ActionHandler>> builtIn) {
        this.builtIn = builtIn;
    }

    Optional<ActionHandler> named(String name) {
        return builtIn.get().stream().filter(handler -> handler.name().equals(name)).findFirst()
                .or(() -> Optional.ofNullable(byName.get(name)));
    }

    /**
     * In the place of what the plugin has brought before.
     *
     * @throws IllegalStateException where one has the name of another plugin's
     */
    public synchronized void join(String plugin, List<ActionHandler> brought) {
        for (ActionHandler handler : brought) {
            added.forEach((other, handlers) -> {
                if (!other.equals(plugin)
                        && handlers.stream().anyMatch(known -> known.name().equals(handler.name()))) {
                    throw new IllegalStateException(
                            "the plugin " + other + " has a handler of actions called " + handler.name() + " already");
                }
            });
        }
        added.put(plugin, brought);
        take();
    }

    /** Takes away what was brought, unless something else has taken its place. */
    @SuppressWarnings("ReferenceEquality") // two versions may bring equal lists
    public synchronized void leave(String plugin, List<ActionHandler> brought) {
        if (added.get(plugin) == brought) {
            added.remove(plugin);
            take();
        }
    }

    private void take() {
        var names = new HashMap<String, ActionHandler>();
        added.values().forEach(handlers -> handlers.forEach(handler -> names.put(handler.name(), handler)));
        byName = Map.copyOf(names);
    }
}
