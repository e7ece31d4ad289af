package dev.objectos.runtime.plugin.added;

import dev.objectos.runtime.plugin.PluginState;
import dev.objectos.runtime.plugin.manifest.PluginManifest;
import dev.objectos.runtime.plugin.trust.PluginPackage;
import dev.objectos.runtime.spi.PluginAccess;
import dev.objectos.runtime.spi.PluginApproval;
import dev.objectos.runtime.spi.PluginSummary;
import dev.objectos.runtime.spi.Ring;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An added plugin on this node.
 *
 * @param kept what the database remembers
 * @param content null where its package could not be opened
 * @param code null where it does not run
 * @param pending a newer version that awaits approval; null: none does
 */
record AddedPlugin(KeptPlugin kept, @Nullable PluginPackage content, @Nullable PluginCode code,
        @Nullable AddedPlugin pending) {

    AddedPlugin(KeptPlugin kept, @Nullable PluginPackage content) {
        this(kept, content, null, null);
    }

    String id() {
        return kept.id();
    }

    PluginState state() {
        return kept.state();
    }

    PluginManifest manifest() {
        return Objects.requireNonNull(content).manifest();
    }

    boolean runs() {
        return code != null;
    }

    /** Whether what it brings to the catalog is there: it runs, or will again in a moment. */
    boolean stands() {
        return code != null || state() == PluginState.RESTARTING;
    }

    /** Whether it is to run, as soon as it has what it needs. */
    boolean isWanted() {
        return kept.wanted() && content != null && switch (state()) {
            case INSTALLED, WAITING, LOADED, ENABLED -> true;
            case AWAITING_APPROVAL, RESTARTING, DISABLED, FAILED, UNINSTALLED -> false;
        };
    }

    /** Whether its code knows that it is installed, and may run. */
    boolean mayBeTold() {
        return kept.greeted() && state() != PluginState.AWAITING_APPROVAL;
    }

    AddedPlugin enabled(PluginCode fresh) {
        return new AddedPlugin(kept.enabled(), content, fresh, pending);
    }

    AddedPlugin disabled() {
        return new AddedPlugin(kept.disabled(), content, null, pending);
    }

    AddedPlugin stopped(PluginState state, String reason) {
        return new AddedPlugin(kept.in(state, reason), content, null, pending);
    }

    AddedPlugin remembering(KeptPlugin changed) {
        return new AddedPlugin(changed, content, code, pending);
    }

    AddedPlugin with(@Nullable AddedPlugin candidate) {
        return new AddedPlugin(kept, content, code, candidate);
    }

    /** @param conduct what is done about it at the moment; empty where nothing is */
    PluginSummary summary(@Nullable PluginApproval approval, String conduct) {
        String reason = kept.reason().isEmpty() && runs() ? conduct : kept.reason();
        PluginManifest manifest = content == null ? null : content.manifest();
        if (manifest == null) {
            return new PluginSummary(id(), id(), kept.version(), "", "", state().name(), Map.of(), false,
                    reason, Ring.USER, "", PluginAccess.NONE);
        }
        var dependencies = new LinkedHashMap<String, String>();
        manifest.dependencies().forEach((needed, requirement) -> dependencies.put(needed, requirement.range().text()));
        AddedPlugin next = pending;
        var access = new PluginAccess(manifest.permissions(), approval, next == null
                ? null
                : new PluginAccess.Pending(next.kept().version(), next.manifest().permissions()));
        return new PluginSummary(id(), manifest.about().name(), kept.version(), manifest.about().description(),
                manifest.about().publisher(), state().name(), dependencies, false, reason, Ring.USER, "",
                access);
    }
}
