package dev.objectos.runtime.plugin;

import dev.objectos.runtime.spi.PluginSummary;
import java.net.URI;

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
        return new PluginSummary(manifest.id(), manifest.name(), manifest.version(), manifest.description(),
                manifest.publisher(), state.name(), manifest.dependencies());
    }

    PluginDescriptor in(PluginState next) {
        return new PluginDescriptor(manifest, root, next);
    }
}
