package dev.objectos.runtime.spi;

import java.util.Map;

/**
 * A plugin as others may know it.
 *
 * @param state where it stands in its life, such as {@code ENABLED}
 * @param dependencies plugin id → range of versions
 */
public record PluginSummary(String id, String name, String version, String description, String publisher, String state,
        Map<String, String> dependencies) {

    public PluginSummary {
        dependencies = Map.copyOf(dependencies);
    }
}
