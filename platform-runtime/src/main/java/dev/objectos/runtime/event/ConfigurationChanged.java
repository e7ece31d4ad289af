package dev.objectos.runtime.event;

import java.util.List;

/**
 * Settings were changed in a file while the server runs.
 *
 * @param applied names of those that hold from now on
 * @param waiting names of those that hold after a restart
 */
public record ConfigurationChanged(List<String> applied, List<String> waiting) implements PlatformEvent {

    public ConfigurationChanged {
        applied = List.copyOf(applied);
        waiting = List.copyOf(waiting);
    }

    @Override
    public String name() {
        return "configuration.changed";
    }
}
