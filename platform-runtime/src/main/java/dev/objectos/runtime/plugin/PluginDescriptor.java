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

    private static final String SYSTEM = "it comes with the server and is part of it; only objectos.plugins.%s.enabled leaves it out";
    private static final String SET = "objectos.plugins.%s.enabled says whether it is on; change or remove that setting";

    public String id() {
        return manifest.id();
    }

    /**
     * How it stands.
     *
     * @param reason why it does not run; empty where it does
     * @param set whether a setting says whether it is on
     * @param changes whether it will be on at the next start where it is off now, or the other way round
     */
    PluginSummary summary(String reason, boolean set, boolean changes) {
        var dependencies = new LinkedHashMap<String, String>();
        manifest.dependencies().forEach((needed, requirement) -> dependencies.put(needed, requirement.range().text()));
        boolean system = manifest.tier() == Tier.SYSTEM;
        String fixed = system ? SYSTEM : set ? SET : "";
        return new PluginSummary(manifest.id(), manifest.about().name(), manifest.version().toString(),
                manifest.about().description(), manifest.about().publisher(), state.name(), dependencies, true, reason,
                system ? Ring.SYSTEM : Ring.USER, fixed.formatted(manifest.id()), PluginAccess.NONE,
                changes ? PluginSummary.AT_NEXT_START : "");
    }

    PluginDescriptor in(PluginState next) {
        return new PluginDescriptor(manifest, root, next);
    }
}
