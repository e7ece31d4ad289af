package dev.objectos.runtime.plugin.added;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.plugin.PluginState;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does on this node what was decided on another: the database says what is wanted, and the revision what is new there. */
final class PluginFollower {

    private static final Logger LOG = LoggerFactory.getLogger(PluginFollower.class);

    private final PluginPresence presence;
    private final PluginRoster roster;
    private final PluginShelf shelf;
    private final PluginStore store;
    private final Approvals approvals;
    private final AddedMetadata metadata;
    private final PluginSwap swap;
    private long followed;

    PluginFollower(PluginPresence presence, PluginRoster roster, PluginShelf shelf, PluginStore store,
            Approvals approvals, AddedMetadata metadata, PluginSwap swap) {
        this.presence = presence;
        this.roster = roster;
        this.shelf = shelf;
        this.store = store;
        this.approvals = approvals;
        this.metadata = metadata;
        this.swap = swap;
    }

    /** What was decided until now is about to be read. */
    void begin() {
        followed = store.revision();
        approvals.read();
    }

    /** Whether there was something to do. */
    boolean follow() {
        long latest = store.revision();
        if (latest == followed) {
            return false;
        }
        Set<String> otherwiseApproved = approvals.read();
        var changed = new ArrayList<KeptPlugin>();
        for (KeptPlugin kept : store.all()) {
            AddedPlugin here = roster.find(kept.id());
            if (here == null ? kept.state() != PluginState.UNINSTALLED : kept.revision() != here.kept().revision()) {
                changed.add(kept);
            }
        }
        List<KeptPlugin> unwanted = changed.stream().filter(kept -> !kept.wanted()).toList();
        stop(unwanted);
        unwanted.forEach(this::forget);
        changed.stream().filter(KeptPlugin::wanted)
                .forEach(kept -> run(kept, otherwiseApproved.contains(kept.id())));
        List<AddedPlugin> pending = shelf.pending();
        List.copyOf(roster.all()).forEach(plugin -> roster.put(PluginShelf.withPending(plugin, pending)));
        followed = latest;
        return true;
    }

    /** Stops those that are not wanted any more, and whoever needs them. */
    private void stop(List<KeptPlugin> unwanted) {
        Set<String> going = new TreeSet<>();
        for (KeptPlugin kept : unwanted) {
            AddedPlugin here = roster.find(kept.id());
            if (here != null && here.stands()) {
                going.addAll(roster.dependents(kept.id()));
                going.add(kept.id());
            }
        }
        if (going.isEmpty()) {
            return;
        }
        List<String> order = roster.standing().reversed().stream().map(content -> content.manifest().id())
                .filter(going::contains).toList();
        swap.withdraw(order);
        for (String id : order) {
            swap.halt(roster.get(id));
            presence.settled(id);
            roster.put(roster.get(id).stopped(PluginState.WAITING, ""));
        }
    }

    private void forget(KeptPlugin kept) {
        AddedPlugin here = roster.find(kept.id());
        if (kept.state() == PluginState.UNINSTALLED) {
            roster.remove(kept.id());
            roster.announce(kept, PluginState.DISABLED);
        } else {
            roster.put(here == null ? shelf.opened(kept) : here.remembering(kept.disabled()));
            roster.announce(kept.disabled(), PluginState.ENABLED);
        }
    }

    /** @param otherwiseApproved whether what it may do has changed */
    private void run(KeptPlugin kept, boolean otherwiseApproved) {
        AddedPlugin before = roster.find(kept.id());
        boolean runs = before != null && before.runs();
        if (before != null && runs && isSame(before.kept(), kept)) {
            AddedPlugin now = before.remembering(before.kept().at(kept.revision()));
            roster.put(now);
            if (otherwiseApproved) {
                startAnew(now);
            }
            return;
        }
        AddedPlugin next = shelf.opened(kept);
        if (next.content() == null) {
            roster.put(before != null && runs ? before.remembering(before.kept().at(kept.revision())) : next);
            return;
        }
        if (!approvals.cover(next.manifest(), () -> metadata.objectsOf(kept.id(), roster.beside(next)))) {
            stopForApproval(before, next);
            return;
        }
        presence.settled(kept.id());
        if (before != null && runs) {
            presence.bringUp(next, before);
        } else {
            // It is started with all others that have what they need.
            roster.put(next.stopped(PluginState.WAITING, ""));
        }
    }

    private static boolean isSame(KeptPlugin here, KeptPlugin there) {
        return !there.digest().isEmpty() && here.digest().equals(there.digest());
    }

    private void startAnew(AddedPlugin plugin) {
        try {
            swap.start(plugin, plugin);
        } catch (PlatformException e) {
            LOG.error("Plugin {} goes on as it was: {}", plugin.id(), e.message());
        }
    }

    private void stopForApproval(@Nullable AddedPlugin before, AddedPlugin next) {
        if (before != null && before.runs()) {
            swap.halt(before);
        }
        roster.put(next.stopped(PluginState.AWAITING_APPROVAL, Refusals.UNAPPROVED));
        swap.restore(roster.standing());
    }
}
