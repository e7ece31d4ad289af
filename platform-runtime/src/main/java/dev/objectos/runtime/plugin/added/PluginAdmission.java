package dev.objectos.runtime.plugin.added;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.plugin.PluginState;
import dev.objectos.runtime.plugin.manifest.PluginManifest;
import dev.objectos.runtime.plugin.manifest.Version;
import dev.objectos.runtime.plugin.resolve.Exclusion;
import dev.objectos.runtime.plugin.trust.PluginPackage;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lets plugins in, as far as they are approved and have what they need; what has not, is kept until then. */
final class PluginAdmission {

    private final PluginRoster roster;
    private final PluginStore store;
    private final Approvals approvals;
    private final AddedMetadata metadata;
    private final PluginSwap swap;
    private final PluginPresence presence;

    PluginAdmission(PluginRoster roster, PluginStore store, Approvals approvals, AddedMetadata metadata,
            PluginSwap swap, PluginPresence presence) {
        this.roster = roster;
        this.store = store;
        this.approvals = approvals;
        this.metadata = metadata;
        this.swap = swap;
        this.presence = presence;
    }

    /** Nobody goes back to an older version by mistake: its author has never seen what the newer one left. */
    void requireNotOlder(PluginManifest next, AddedPlugin there) {
        String installed = there.kept().version();
        if (Version.parse(installed).compareTo(next.version()) > 0) {
            throw Refusals.older(next.id(), next.version().toString(), installed);
        }
    }

    /** Has a new version run, or wait for what it lacks. */
    void admit(AddedPlugin plugin, @Nullable AddedPlugin before) {
        boolean replaces = before != null && before.stands();
        Optional<String> lacks = lacking(plugin.manifest(), replaces);
        if (!isApproved(plugin)) {
            if (before != null && replaces) {
                hold(plugin, before);
            } else {
                keep(plugin, PluginState.AWAITING_APPROVAL, Refusals.UNAPPROVED);
            }
        } else if (lacks.isPresent()) {
            keep(plugin, PluginState.WAITING, lacks.get());
        } else {
            swap.bringUp(plugin, before, this::save);
            presence.settled(plugin.id());
        }
    }

    private boolean isApproved(AddedPlugin plugin) {
        return approvals.cover(plugin.manifest(), () -> metadata.objectsOf(plugin.id(), roster.beside(plugin)));
    }

    private AddedPlugin save(AddedPlugin started) {
        return started.remembering(
                store.save(started.kept(), Optional.ofNullable(started.content()).flatMap(PluginPackage::archive)));
    }

    /** Keeps what does not run yet. */
    private void keep(AddedPlugin plugin, PluginState state, String reason) {
        var waiting = save(new AddedPlugin(plugin.kept().wanted(state, reason), plugin.content()));
        presence.settled(plugin.id());
        roster.put(waiting);
        roster.announce(waiting.kept(), PluginState.INSTALLED);
    }

    /** Keeps a version that is not approved, beside the one that goes on. */
    private void hold(AddedPlugin plugin, AddedPlugin before) {
        var waiting = new AddedPlugin(plugin.kept().wanted(PluginState.AWAITING_APPROVAL, Refusals.UNAPPROVED),
                plugin.content());
        byte[] archive = Optional.ofNullable(plugin.content()).flatMap(PluginPackage::archive)
                .orElseThrow(() -> Refusals.conflict("The plugin " + plugin.id() + " is a folder, and is not kept"));
        store.savePending(waiting.kept(), archive);
        roster.put(before.with(waiting).remembering(store.touch(before.kept())));
        roster.announce(waiting.kept(), PluginState.INSTALLED);
    }

    /**
     * What keeps a plugin from starting that may come yet; refuses what cannot.
     *
     * @param replaces whether an earlier version runs, which goes on rather than give way to one that waits
     */
    private Optional<String> lacking(PluginManifest next, boolean replaces) {
        List<Exclusion> broken = roster.presentSet().brokenBy(next);
        Optional<Exclusion> own = broken.stream().filter(exclusion -> exclusion.id().equals(next.id())).findFirst();
        if (own.isPresent()) {
            if (own.get().waits() && !replaces) {
                return Optional.of(roster.reason(own.get()));
            }
            throw new PlatformException(RuntimeError.INVALID_PLUGIN, roster.reason(own.get()));
        }
        if (!broken.isEmpty()) {
            throw Refusals.conflict(String.join("; ", broken.stream().map(Exclusion::reason).toList()));
        }
        return Optional.empty();
    }

    /** Has a plugin run with what it was let have; one that runs, runs anew. */
    void letIn(AddedPlugin plugin, AddedPlugin asking) {
        var next = new AddedPlugin(asking.kept().wanted(PluginState.INSTALLED, ""), asking.content());
        if (!asking.equals(plugin)) {
            admit(next, plugin);
        } else if (plugin.state() == PluginState.AWAITING_APPROVAL) {
            try {
                admit(next, null);
            } catch (PlatformException e) {
                presence.fail(plugin.id(), e.message());
                throw e;
            }
        } else {
            if (plugin.runs()) {
                swap.start(plugin, plugin);
            }
            AddedPlugin now = roster.get(plugin.id());
            roster.put(now.remembering(store.touch(now.kept())));
        }
    }

    /** Has a plugin run that was disabled, or wait for what it lacks. */
    void enable(AddedPlugin plugin) {
        if (!isApproved(plugin)) {
            roster.decide(new AddedPlugin(plugin.kept().wanted(PluginState.AWAITING_APPROVAL, Refusals.UNAPPROVED),
                    plugin.content(), null, plugin.pending()));
            return;
        }
        Optional<String> lacks = lacking(plugin.manifest(), false);
        if (lacks.isPresent()) {
            roster.decide(new AddedPlugin(plugin.kept().wanted(PluginState.WAITING, lacks.get()), plugin.content(),
                    null, plugin.pending()));
        } else {
            swap.bringUp(plugin, null, started -> started.remembering(store.decide(started.kept())));
        }
    }
}
