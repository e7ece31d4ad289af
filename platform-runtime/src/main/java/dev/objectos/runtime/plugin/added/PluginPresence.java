package dev.objectos.runtime.plugin.added;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.health.Restarts;
import dev.objectos.runtime.plugin.PluginState;
import dev.objectos.runtime.plugin.resolve.Exclusion;
import dev.objectos.runtime.plugin.trust.PluginPackage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens to added plugins on this node without anybody asking: they start with the server, when what they lack appears
 * and when another node has decided so, and again when they have failed. One that fails keeps nobody else from running.
 */
public final class PluginPresence {

    private static final Logger LOG = LoggerFactory.getLogger(PluginPresence.class);

    private final PluginRoster roster;
    private final PluginShelf shelf;
    private final PluginStore store;
    private final Approvals approvals;
    private final AddedMetadata metadata;
    private final PluginSwap swap;
    private final BuiltInSwitch switches;
    private final Restarts restarts;
    private final boolean safe;
    private final Executor later;
    private final PluginFollower follower;
    private boolean started;

    PluginPresence(PluginRoster roster, PluginShelf shelf, PluginStore store, Approvals approvals,
            AddedMetadata metadata, PluginSwap swap, BuiltInSwitch switches, PresenceOptions options) {
        this.roster = roster;
        this.shelf = shelf;
        this.store = store;
        this.approvals = approvals;
        this.metadata = metadata;
        this.swap = swap;
        this.switches = switches;
        this.restarts = options.restarts();
        this.safe = options.safe();
        this.later = options.later();
        this.follower = new PluginFollower(this, roster, shelf, store, approvals, metadata, swap);
    }

    synchronized <T> T alone(Supplier<T> step) {
        return step.get();
    }

    void requireUnsafe() {
        if (safe) {
            throw Refusals.safeMode();
        }
    }

    /** Opens those that are there, and has the first publish take what they bring. Nothing that is wrong with one throws. */
    public synchronized void open() {
        switches.follow();
        follower.begin();
        shelf.open().forEach(roster::put);
        if (safe) {
            LOG.warn("Safe mode: {} added plugins stay out", roster.all().size());
            return;
        }
        holdUnapproved();
        holdUnresolved();
        Map<String, String> errors = metadata.errorsOf(roster.wanted());
        while (!errors.isEmpty()) {
            errors.forEach(this::fail);
            holdUnresolved();
            errors = metadata.errorsOf(roster.wanted());
        }
        metadata.prepare(roster.wanted());
    }

    private void holdUnapproved() {
        for (AddedPlugin plugin : List.copyOf(roster.all())) {
            if (plugin.isWanted()
                    && !approvals.cover(plugin.manifest(),
                            () -> metadata.objectsOf(plugin.id(), roster.beside(plugin)))) {
                LOG.warn("Plugin {} stays out: {}", plugin.id(), Refusals.UNAPPROVED);
                roster.move(plugin.stopped(PluginState.AWAITING_APPROVAL, Refusals.UNAPPROVED));
            }
        }
    }

    /** Those that lack something wait for it, unless it cannot come. */
    private void holdUnresolved() {
        for (Exclusion exclusion : roster.wantedSet().resolve().excluded()) {
            AddedPlugin plugin = roster.find(exclusion.id());
            if (plugin == null || plugin.stands()) {
                continue;
            }
            if (exclusion.canComeRight()) {
                await(plugin, roster.reason(exclusion));
            } else {
                fail(plugin.id(), roster.reason(exclusion));
            }
        }
    }

    private void await(AddedPlugin plugin, String reason) {
        if (plugin.state() != PluginState.WAITING || !plugin.kept().reason().equals(reason)) {
            LOG.warn("Plugin {} waits: {}", plugin.id(), reason);
            roster.move(plugin.stopped(PluginState.WAITING, reason));
        }
    }

    /** Starts what was opened, once its metadata is published. */
    public synchronized void start() {
        if (safe) {
            return;
        }
        metadata.publishedErrorsOf(roster.wanted()).forEach(this::fail);
        holdUnresolved();
        for (PluginPackage content : roster.wanted()) {
            AddedPlugin plugin = roster.get(content.manifest().id());
            if (plugin.isWanted() && !lacks(plugin)) {
                startOrRetry(plugin);
            }
        }
        started = true;
        holdUnresolved();
        if (roster.standing().size() < metadata.layers().sources().size()) {
            swap.restore(roster.standing());
        }
    }

    /** Whether something that it needs is not there after all. */
    private boolean lacks(AddedPlugin plugin) {
        return !roster.wantedSet().resolve().ids().contains(plugin.id());
    }

    private void startOrRetry(AddedPlugin plugin) {
        try {
            swap.start(plugin, null);
        } catch (PlatformException e) {
            LOG.error("Plugin {} failed to start", plugin.id(), e);
            retry(plugin, e.message());
        }
    }

    /** A plugin that runs does not do well: it is stopped, and started again after a pause. */
    public synchronized void failed(String id, String reason) {
        AddedPlugin plugin = roster.find(id);
        if (plugin != null && plugin.runs()) {
            retry(plugin, reason);
        }
    }

    private void retry(AddedPlugin plugin, String reason) {
        swap.suspend(plugin);
        roster.move(plugin.stopped(PluginState.RESTARTING, reason));
        restarts.failed(plugin.id(), new IllegalStateException(reason), () -> startAgain(plugin.id()),
                // Not at once: whoever counts the restarts is locked while it tells.
                cause -> later.execute(() -> giveUp(plugin.id(), Refusals.reason(cause))));
    }

    private synchronized boolean startAgain(String id) {
        AddedPlugin plugin = roster.find(id);
        if (plugin == null || plugin.state() != PluginState.RESTARTING) {
            return false;
        }
        try {
            swap.start(plugin, null);
        } catch (PlatformException e) {
            roster.move(plugin.stopped(PluginState.RESTARTING, e.message()));
            throw e;
        }
        awaken();
        return true;
    }

    private synchronized void giveUp(String id, String reason) {
        AddedPlugin plugin = roster.find(id);
        if (plugin == null || plugin.state() != PluginState.RESTARTING) {
            return;
        }
        List<String> dependents = roster.dependents(id);
        fail(id, reason);
        dependents.forEach(dependent -> swap.halt(roster.get(dependent)));
        dependents.forEach(dependent -> roster.move(roster.get(dependent).stopped(PluginState.WAITING,
                "Plugin " + dependent + " needs " + id + ", which has failed: " + reason)));
        swap.restore(roster.standing());
        swap.unguard(id);
    }

    void fail(String id, String reason) {
        LOG.error("Plugin {} stays out: {}", id, reason);
        roster.move(roster.get(id).stopped(PluginState.FAILED, reason));
    }

    /** Somebody has decided about a plugin, so it is not started again on its own account. */
    void settled(String id) {
        restarts.forget(id);
        swap.unguard(id);
    }

    /** Starts those that lacked something which is there now. */
    public synchronized void awaken() {
        if (safe || !started) {
            return;
        }
        Optional<AddedPlugin> next = roster.firstReady();
        while (next.isPresent()) {
            LOG.info("Plugin {} has what it waited for", next.get().id());
            bringUp(next.get(), null);
            next = roster.firstReady();
        }
        holdUnresolved();
    }

    /** Has a plugin run here, as was decided before; where it cannot, the one before it goes on. */
    void bringUp(AddedPlugin plugin, @Nullable AddedPlugin before) {
        try {
            swap.bringUp(plugin, before, running -> {
                store.note(running.kept());
                return running;
            });
        } catch (PlatformException e) {
            if (before != null && before.runs()) {
                LOG.error("Plugin {} goes on as {}, for {} does not run here: {}", plugin.id(),
                        before.kept().version(), plugin.kept().version(), e.message());
                roster.put(before.remembering(before.kept().at(plugin.kept().revision())));
            } else {
                roster.put(plugin);
                fail(plugin.id(), e.message());
            }
        }
    }

    /** Does what was decided on other nodes since. */
    public synchronized void follow() {
        switches.follow();
        if (!safe && started && follower.follow()) {
            awaken();
        }
    }

    /** Stops those that run, dependents first; they run again at the next start. */
    public synchronized void stop() {
        started = false;
        for (PluginPackage content : roster.standing().reversed()) {
            AddedPlugin plugin = roster.get(content.manifest().id());
            settled(plugin.id());
            swap.halt(plugin);
            roster.put(plugin.stopped(PluginState.LOADED, ""));
        }
    }
}
