package dev.objectos.runtime.plugin.added;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.hook.LifecycleHooks;
import dev.objectos.runtime.plugin.PluginState;
import dev.objectos.runtime.plugin.manifest.Hook;
import dev.objectos.runtime.plugin.trust.PluginPackage;
import dev.objectos.runtime.spi.LifecycleHook.Step;
import dev.objectos.runtime.spi.MutationInterceptor;
import dev.objectos.runtime.spi.PlatformPlugin;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has plugins run, and has them run no longer: each time all of what belongs to that happens, or nothing. */
final class PluginSwap {

    private static final Logger LOG = LoggerFactory.getLogger(PluginSwap.class);

    private final PluginRoster roster;
    private final PluginStore store;
    private final AddedMetadata metadata;
    private final CodeLoader code;
    private final LifecycleHooks hooks;
    private final Map<String, List<MutationInterceptor>> guards = new HashMap<>();

    PluginSwap(PluginRoster roster, PluginStore store, AddedMetadata metadata, CodeLoader code) {
        this.roster = roster;
        this.store = store;
        this.metadata = metadata;
        this.code = code;
        this.hooks = new LifecycleHooks(code.seams().hooks());
    }

    /**
     * Has a plugin run and publishes what it brings, in the place of what runs under its id; or leaves everything as it was.
     *
     * @param save remembers that it runs
     */
    void bringUp(AddedPlugin plugin, @Nullable AddedPlugin before, UnaryOperator<AddedPlugin> save) {
        swap(plugin, before, false, save);
    }

    /** Has a plugin run that is in the catalog already, in the place of its run before, if there is one. */
    void start(AddedPlugin plugin, @Nullable AddedPlugin before) {
        swap(plugin, before, true, started -> {
            store.note(started.kept());
            return started;
        });
    }

    private void swap(AddedPlugin plugin, @Nullable AddedPlugin before, boolean standsAlready,
            UnaryOperator<AddedPlugin> save) {
        @Nullable
        PluginCode old = before == null ? null : before.code();
        List<PluginPackage> standing = roster.standing();
        @Nullable
        PluginCode fresh = null;
        boolean published = false;
        try {
            hooks.before(Step.ENABLE, plugin.id(), plugin.kept().version());
            fresh = load(plugin);
            if (old != null) {
                old.unsubscribe();
            }
            fresh.join();
            if (!standsAlready) {
                metadata.publish(roster.with(plugin));
                published = true;
                metadata.seed();
            }
            greet(plugin, fresh);
            fresh.hook(Hook.ENABLE, PlatformPlugin::onEnable);
            roster.put(save.apply(plugin.enabled(fresh)));
        } catch (RuntimeException | LinkageError e) {
            if (published) {
                restore(standing);
            }
            if (fresh != null) {
                fresh.unsubscribe();
            }
            if (old != null) {
                old.join();
            } else {
                guard(plugin.id());
            }
            if (fresh != null) {
                fresh.close();
            }
            throw Refusals.failed(plugin.id(), e);
        }
        unguard(plugin.id());
        roster.announce(plugin.kept().enabled(), PluginState.LOADED);
        hooks.after(Step.ENABLE, plugin.id(), plugin.kept().version());
        if (before != null && old != null) {
            halt(before);
        }
    }

    private PluginCode load(AddedPlugin plugin) {
        PluginCode loaded = code.begin(Objects.requireNonNull(plugin.content()));
        roster.announce(plugin.kept().in(PluginState.LOADED, ""), PluginState.INSTALLED);
        return loaded;
    }

    /** Tells its code once, on whichever node, that it is installed. */
    private void greet(AddedPlugin plugin, PluginCode fresh) {
        KeptPlugin kept = plugin.kept();
        if (kept.greeted()) {
            return;
        }
        store.database().exclusively(() -> {
            if (!store.isGreeted(kept)) {
                String previous = kept.previousVersion();
                if (previous == null) {
                    fresh.hook(Hook.INSTALL, PlatformPlugin::onInstall);
                } else {
                    fresh.hook(Hook.UPGRADE, told -> told.onUpgrade(previous));
                }
                store.greeted(kept);
            }
            return kept;
        });
    }

    void restore(List<PluginPackage> standing) {
        try {
            metadata.publish(standing);
        } catch (RuntimeException e) {
            LOG.error("The metadata could not be taken back; it is at the next publish", e);
            metadata.prepare(standing);
        }
    }

    /** Takes what some bring out of the catalog. */
    void withdraw(List<String> going) {
        try {
            metadata.publish(roster.without(going));
        } catch (PlatformException e) {
            throw e.code() == RuntimeError.INVALID_METADATA
                    ? Refusals.conflict("Others build on what the plugin " + going.getLast() + " brings: "
                            + e.message())
                    : e;
        }
    }

    /**
     * Has plugins run no longer, in this order. Each is asked; where one refuses, all go on as they did.
     *
     * @param step what they would be, for people
     */
    void takeDown(List<String> going, String step) {
        List<PluginPackage> standing = roster.standing();
        withdraw(going);
        var told = new ArrayList<AddedPlugin>();
        for (String id : going) {
            AddedPlugin stopping = roster.get(id);
            PluginCode running = stopping.code();
            if (running == null) {
                continue;
            }
            running.leave();
            try {
                running.hook(Hook.DISABLE, PlatformPlugin::onDisable);
                told.add(stopping);
            } catch (RuntimeException | LinkageError e) {
                restore(standing);
                running.join();
                told.reversed().forEach(this::goOn);
                throw Refusals.vetoed(id, step, e);
            }
        }
        told.forEach(stopped -> Objects.requireNonNull(stopped.code()).close());
        going.forEach(this::unguard);
        told.forEach(stopped -> hooks.after(Step.DISABLE, stopped.id(), stopped.kept().version()));
    }

    /** After it was told that it is disabled, and is not. */
    private void goOn(AddedPlugin plugin) {
        PluginCode running = Objects.requireNonNull(plugin.code());
        running.join();
        try {
            running.hook(Hook.ENABLE, PlatformPlugin::onEnable);
        } catch (RuntimeException | LinkageError e) {
            LOG.error("Plugin {} goes on after it was told that it is disabled, and says", plugin.id(), e);
        }
    }

    /** Stops the code of a plugin, whatever it says to that. */
    void halt(AddedPlugin plugin) {
        PluginCode running = plugin.code();
        if (running == null) {
            return;
        }
        running.leave();
        try {
            running.hook(Hook.DISABLE, PlatformPlugin::onDisable);
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("Plugin {} failed to stop", plugin.id(), e);
        }
        running.close();
    }

    /** Stops the code of a plugin that is to be started again soon; what it brings to the catalog stays, guarded. */
    void suspend(AddedPlugin plugin) {
        halt(plugin);
        guards.put(plugin.id(), List.of(new AwayGuard(plugin.id())));
        guard(plugin.id());
    }

    /** Where a plugin is to be guarded, and a run of it that failed has taken the guard's place. */
    private void guard(String id) {
        List<MutationInterceptor> guard = guards.get(id);
        if (guard != null) {
            code.seams().interceptors().join(id, guard);
        }
    }

    /** Ends the guard over the objects of a plugin. */
    void unguard(String id) {
        List<MutationInterceptor> guard = guards.remove(id);
        if (guard != null) {
            // Nothing happens where its own have taken their place.
            code.seams().interceptors().leave(id, guard);
        }
    }

    /** Asks other plugins' hooks about a step that somebody has decided on. */
    void ask(Step step, List<String> going) {
        going.forEach(id -> hooks.before(step, id, roster.get(id).kept().version()));
    }

    /** Tells other plugins' hooks that a plugin is removed. */
    void removed(AddedPlugin plugin) {
        hooks.after(Step.UNINSTALL, plugin.id(), plugin.kept().version());
    }

    /** Tells the code of a plugin that it is removed; throws what it says to that. */
    void takeLeave(PluginPackage content) {
        code.takeLeave(content);
    }
}
