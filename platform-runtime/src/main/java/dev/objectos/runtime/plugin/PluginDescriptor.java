package dev.objectos.runtime.plugin;

import dev.objectos.runtime.plugin.manifest.PluginManifest;
import dev.objectos.runtime.plugin.manifest.Tier;
import dev.objectos.runtime.spi.PluginAccess;
import dev.objectos.runtime.spi.PluginSummary;
import dev.objectos.runtime.spi.Ring;
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

    private static final String FIXED = "it comes with the server: its code and metadata are on the class path from the start";

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
        boolean system = manifest.tier() == Tier.SYSTEM;
        return new PluginSummary(manifest.id(), manifest.about().name(), manifest.version().toString(),
                manifest.about().description(), manifest.about().publisher(), state.name(), dependencies, true, reason,
                system ? Ring.SYSTEM : Ring.USER, FIXED, PluginAccess.NONE);
    }

    PluginDescriptor in(PluginState next) {
        return new PluginDescriptor(manifest, root, next);
    }
}
