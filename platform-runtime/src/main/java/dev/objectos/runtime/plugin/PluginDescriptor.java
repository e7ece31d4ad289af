package dev.objectos.runtime.plugin;

import dev.objectos.runtime.plugin.manifest.PluginManifest;
import dev.objectos.runtime.spi.PluginSummary;
import java.net.URI;
import java.util.LinkedHashMap;

/**
 * A plugin as the server knows it.
 *
 * @param manifest what it says of itself
 * @param root where its {@code objects/}, {@code data/} and other folders stand; ends with a slash
 * @param state where it stands in its life
 */
public record PluginDescriptor(PluginManifest manifest, URI root, PluginState state) {

    public String id() {
        return manifest.id();
    }

    PluginSummary summary() {
        return summary("");
    }

    /** @param reason why it does not run; empty where it does */
    PluginSummary summary(String reason) {
        var dependencies = new LinkedHashMap<String, String>();
        manifest.dependencies().forEach((needed, requirement) -> dependencies.put(needed, requirement.range().text()));
        return new PluginSummary(manifest.id(), manifest.about().name(), manifest.version().toString(),
                manifest.about().description(), manifest.about().publisher(), state.name(), dependencies, true,
                reason);
    }

    PluginDescriptor in(PluginState next) {
        return new PluginDescriptor(manifest, root, next);
    }
}
