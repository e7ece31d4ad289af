package dev.objectos.runtime.spi;

import java.util.Map;

/**
 * A plugin as others may know it.
 *
 * @param state where it stands in its life, such as {@code ENABLED}
 * @param dependencies plugin id → range of versions
 * @param builtIn whether it comes with the server, and so cannot be taken away
 * @param reason why it does not run, for people; empty where there is nothing to say
 */
public record PluginSummary(String id, String name, String version, String description, String publisher, String state,
        Map<String, String> dependencies, boolean builtIn, String reason) {

    public PluginSummary {
        dependencies = Map.copyOf(dependencies);
    }

    /** A plugin that comes with the server. */
    public PluginSummary(String id, String name, String version, String description, String publisher, String state,
            Map<String, String> dependencies) {
        this(id, name, version, description, publisher, state, dependencies, true, "");
    }
}
