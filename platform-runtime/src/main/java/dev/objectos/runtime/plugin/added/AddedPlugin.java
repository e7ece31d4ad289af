package dev.objectos.runtime.plugin.added;

import dev.objectos.runtime.plugin.PluginState;
import dev.objectos.runtime.plugin.manifest.PluginManifest;
import dev.objectos.runtime.plugin.trust.PluginPackage;
import dev.objectos.runtime.resource.Bulkheads;
import dev.objectos.runtime.spi.PlatformPlugin;
import dev.objectos.runtime.spi.PluginSummary;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An added plugin on this node.
 *
 * @param kept what the database remembers
 * @param content null where its package could not be opened
 * @param code null where it does not run
 */
record AddedPlugin(KeptPlugin kept, @Nullable PluginPackage content, @Nullable PluginCode code) {

    String id() {
        return kept.id();
    }

    boolean runs() {
        return code != null;
    }

    /** Whether it is to run and may be tried. */
    boolean isWanted() {
        return kept.wanted() && content != null && kept.state() != PluginState.FAILED;
    }

    AddedPlugin enabled(PluginCode fresh) {
        return new AddedPlugin(kept.enabled(), content, fresh);
    }

    AddedPlugin disabled() {
        return new AddedPlugin(kept.disabled(), content, null);
    }

    AddedPlugin stopped(PluginState state, String reason) {
        return new AddedPlugin(kept.in(state, reason), content, null);
    }

    /** What its code is told before it is enabled for the first time. */
    void greet(PluginCode fresh) {
        if (!kept.greeted()) {
            String previous = kept.previousVersion();
            fresh.hook(previous == null ? PlatformPlugin::onInstall : plugin -> plugin.onUpgrade(previous));
        }
    }

    /** @param limits say what is done about it at the moment */
    PluginSummary summary(Bulkheads limits) {
        String reason = kept.reason().isEmpty() && runs() ? limits.reason(id()) : kept.reason();
        PluginManifest manifest = content == null ? null : content.manifest();
        var dependencies = new LinkedHashMap<String, String>();
        if (manifest == null) {
            return new PluginSummary(id(), id(), kept.version(), "", "", kept.state().name(), Map.of(), false,
                    reason);
        }
        manifest.dependencies().forEach((needed, requirement) -> dependencies.put(needed, requirement.range().text()));
        return new PluginSummary(id(), manifest.about().name(), kept.version(), manifest.about().description(),
                manifest.about().publisher(), kept.state().name(), dependencies, false, reason);
    }
}
