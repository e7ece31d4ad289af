package dev.objectos.runtime.plugin.added;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.event.EventBus;
import dev.objectos.runtime.event.PluginStateChanged;
import dev.objectos.runtime.plugin.PluginRegistry;
import dev.objectos.runtime.plugin.PluginState;
import dev.objectos.runtime.plugin.manifest.PluginManifest;
import dev.objectos.runtime.plugin.resolve.Exclusion;
import dev.objectos.runtime.plugin.resolve.PluginSet;
import dev.objectos.runtime.plugin.trust.PackageRefusedException;
import dev.objectos.runtime.plugin.trust.PluginPackage;
import dev.objectos.runtime.session.Origin;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.PlatformPlugin;
import dev.objectos.runtime.spi.PluginAdministration;
import dev.objectos.runtime.spi.PluginRemoval;
import dev.objectos.runtime.spi.PluginSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life cycle of added plugins. One step at a time; a step that fails leaves everything as it was, and one plugin that
 * fails at the start of the server keeps nobody else from starting.
 */
public final class AddedPlugins implements PluginAdministration {

    private static final Logger LOG = LoggerFactory.getLogger(AddedPlugins.class);

    private final PluginRegistry builtIn;
    private final PluginLineup lineup;
    private final PluginShelf shelf;
    private final PluginStore store;
    private final PackageSource packages;
    private final AddedMetadata metadata;
    private final CodeLoader code;
    private final EventBus bus;
    private final boolean safe;
    private final Map<String, AddedPlugin> plugins = new ConcurrentSkipListMap<>();

    /** @param safe whether to leave out all of them */
    public AddedPlugins(PluginRegistry builtIn, PluginStore store, PackageSource packages, AddedMetadata metadata,
            CodeLoader code, EventBus bus, boolean safe) {
        this.builtIn = builtIn;
        this.lineup = new PluginLineup(builtIn);
        this.shelf = new PluginShelf(builtIn, store, packages, safe);
        this.store = store;
        this.packages = packages;
        this.metadata = metadata;
        this.code = code;
        this.bus = bus;
        this.safe = safe;
    }

    /** Opens those that are there, and has the first publish take what they bring. Nothing that is wrong with one throws. */
    public synchronized void open() {
        shelf.open().forEach(plugin -> plugins.put(plugin.id(), plugin));
        if (safe) {
            LOG.warn("Safe mode: {} added plugins stay out", plugins.size());
            return;
        }
        failUnresolved();
        Map<String, String> errors = metadata.errorsOf(wanted());
        while (!errors.isEmpty()) {
            errors.forEach(this::fail);
            failUnresolved();
            errors = metadata.errorsOf(wanted());
        }
        metadata.prepare(wanted());
    }

    private void failUnresolved() {
        PluginSet set = lineup.set(plugins.values().stream().filter(AddedPlugin::isWanted).toList());
        for (Exclusion exclusion : set.resolve().excluded()) {
            if (plugins.containsKey(exclusion.id())) {
                fail(exclusion.id(), exclusion.reason());
            }
        }
    }

    /** What is to run, each after what it needs. */
    private List<PluginPackage> wanted() {
        return lineup.ordered(plugins.values().stream().filter(AddedPlugin::isWanted).toList());
    }

    private List<PluginPackage> running() {
        return lineup.ordered(plugins.values().stream().filter(AddedPlugin::runs).toList());
    }

    private PluginSet runningSet() {
        return lineup.set(plugins.values().stream().filter(AddedPlugin::runs).toList());
    }

    /** Starts what was opened, once its metadata is published. */
    public synchronized void start() {
        if (safe) {
            return;
        }
        metadata.publishedErrorsOf(wanted()).forEach(this::fail);
        failUnresolved();
        for (PluginPackage content : wanted()) {
            String id = content.manifest().id();
            AddedPlugin plugin = Objects.requireNonNull(plugins.get(id));
            if (plugin.isWanted()) {
                startOne(plugin);
            }
        }
        List<PluginPackage> left = running();
        if (left.size() < metadata.layers().sources().size()) {
            restore(left);
        }
    }

    private void startOne(AddedPlugin plugin) {
        String id = plugin.id();
        @Nullable
        PluginCode fresh = null;
        try {
            fresh = load(plugin);
            fresh.join();
            plugin.greet(fresh);
            fresh.hook(PlatformPlugin::onEnable);
            move(plugin.enabled(fresh));
        } catch (RuntimeException | LinkageError e) {
            LOG.error("Plugin {} failed to start", id, e);
            if (fresh != null) {
                fresh.close();
            }
            fail(id, Refusals.reason(e));
            failUnresolved();
        }
    }

    /** Stops those that run, dependents first; they run again at the next start. */
    public synchronized void stop() {
        for (PluginPackage content : running().reversed()) {
            AddedPlugin plugin = Objects.requireNonNull(plugins.get(content.manifest().id()));
            halt(plugin);
            plugins.put(plugin.id(), plugin.stopped(PluginState.LOADED, ""));
        }
    }

    @Override
    public List<PluginSummary> summaries() {
        return Stream.concat(builtIn.summaries().stream(), plugins.values().stream()
                .map(plugin -> plugin.summary(code.bulkheads()))).toList();
    }

    @Override
    public synchronized PluginSummary install(String origin, byte[] archive, Session session) {
        Refusals.requireAdministrator(session);
        if (safe) {
            throw Refusals.safeMode();
        }
        PluginPackage content;
        try {
            content = packages.open(origin, archive);
        } catch (PackageRefusedException e) {
            throw Refusals.of(e);
        }
        PluginManifest manifest = content.manifest();
        if (builtIn.plugin(manifest.id()).isPresent()) {
            throw Refusals.builtIn(manifest.id());
        }
        @Nullable
        AddedPlugin before = plugins.get(manifest.id());
        var kept = new KeptPlugin(manifest.id(), manifest.version().toString(), PluginState.INSTALLED, true, false, "",
                origin, content.digest().orElse(""), before == null ? null : before.kept().version(), session.userId());
        announce(kept, before == null ? PluginState.UNINSTALLED : before.kept().state());
        try {
            bringUp(new AddedPlugin(kept, content, null), before,
                    plugin -> store.save(plugin.kept(), content.archive()));
        } catch (PlatformException e) {
            announce(kept.in(PluginState.FAILED, e.message()), PluginState.INSTALLED);
            throw e;
        }
        return summary(manifest.id());
    }

    @Override
    public synchronized PluginSummary enable(String id, Session session) {
        AddedPlugin plugin = known(id, session);
        if (safe) {
            throw Refusals.safeMode();
        }
        if (!plugin.runs()) {
            try {
                bringUp(shelf.reopened(plugin.kept()), null, started -> store.move(started.kept()));
            } catch (PlatformException e) {
                fail(id, e.message());
                throw e;
            }
        }
        return summary(id);
    }

    /** Has a plugin run, in the place of its earlier version if that runs; or leaves everything as it was. */
    private void bringUp(AddedPlugin plugin, @Nullable AddedPlugin before, Consumer<AddedPlugin> save) {
        String id = plugin.id();
        requireResolved(Objects.requireNonNull(plugin.content()).manifest());
        @Nullable
        PluginCode old = before == null ? null : before.code();
        List<PluginPackage> standing = running();
        @Nullable
        PluginCode fresh = null;
        boolean published = false;
        try {
            fresh = load(plugin);
            if (old != null) {
                old.unsubscribe();
            }
            fresh.join();
            metadata.publish(with(plugin));
            published = true;
            metadata.seed();
            plugin.greet(fresh);
            fresh.hook(PlatformPlugin::onEnable);
            AddedPlugin started = plugin.enabled(fresh);
            save.accept(started);
            plugins.put(id, started);
        } catch (RuntimeException | LinkageError e) {
            if (published) {
                restore(standing);
            }
            if (fresh != null) {
                fresh.unsubscribe();
            }
            if (old != null) {
                old.join();
            }
            if (fresh != null) {
                fresh.close();
            }
            throw Refusals.failed(id, e);
        }
        announce(plugin.kept().enabled(), PluginState.LOADED);
        if (before != null && old != null) {
            halt(before);
        }
    }

    private PluginCode load(AddedPlugin plugin) {
        PluginCode loaded = code.begin(Objects.requireNonNull(plugin.content()));
        announce(plugin.kept().in(PluginState.LOADED, ""), PluginState.INSTALLED);
        return loaded;
    }

    private void requireResolved(PluginManifest next) {
        List<Exclusion> broken = runningSet().brokenBy(next);
        for (Exclusion exclusion : broken) {
            if (exclusion.id().equals(next.id())) {
                throw new PlatformException(RuntimeError.INVALID_PLUGIN, exclusion.reason());
            }
        }
        if (!broken.isEmpty()) {
            throw Refusals.conflict(String.join("; ", broken.stream().map(Exclusion::reason).toList()));
        }
    }

    /** What runs, with a plugin in the place of its earlier version. */
    private List<PluginPackage> with(AddedPlugin plugin) {
        var chosen = new ArrayList<>(plugins.values().stream()
                .filter(other -> other.runs() && !other.id().equals(plugin.id())).toList());
        chosen.add(plugin);
        return lineup.ordered(chosen);
    }

    private void restore(List<PluginPackage> standing) {
        try {
            metadata.publish(standing);
        } catch (RuntimeException e) {
            LOG.error("The metadata could not be taken back; it is at the next publish", e);
            metadata.prepare(standing);
        }
    }

    @Override
    public synchronized List<String> disable(String id, boolean cascade, Session session) {
        AddedPlugin plugin = known(id, session);
        if (!plugin.runs()) {
            move(plugin.disabled());
            return List.of(id);
        }
        List<String> dependents = dependents(id);
        if (!cascade && !dependents.isEmpty()) {
            throw Refusals.needed(id, dependents);
        }
        var going = new ArrayList<>(dependents);
        going.add(id);
        try {
            metadata.publish(running().stream().filter(content -> !going.contains(content.manifest().id())).toList());
        } catch (PlatformException e) {
            throw e.code() == RuntimeError.INVALID_METADATA
                    ? Refusals.conflict("Others build on what the plugin " + id + " brings: " + e.message())
                    : e;
        }
        for (String next : going) {
            AddedPlugin stopping = Objects.requireNonNull(plugins.get(next));
            halt(stopping);
            move(stopping.disabled());
        }
        return List.copyOf(going);
    }

    /** Disables a plugin that goes beyond its limits, and those that need it, until an administrator enables them. */
    public synchronized void disableFor(String id, String reason) {
        AddedPlugin plugin = plugins.get(id);
        if (plugin != null && plugin.runs()) {
            disable(id, true, Session.system(Session.DEFAULT_TENANT, Origin.SYSTEM)).stream().map(plugins::get)
                    .map(Objects::requireNonNull).forEach(gone -> move(gone.stopped(PluginState.DISABLED,
                            gone.id().equals(id) ? reason : "It needs " + id + ": " + reason)));
        }
    }

    /** The others that need a running plugin, in the order in which they must go. */
    private List<String> dependents(String id) {
        return runningSet().disabledWith(id).stream().filter(plugins::containsKey).toList();
    }

    @Override
    public synchronized PluginRemoval removal(String id, Session session) {
        AddedPlugin plugin = known(id, session);
        return plugin.content() == null
                ? new PluginRemoval(id, List.of(), List.of(), List.of(), List.of())
                : metadata.removal(id, with(plugin), plugin.runs() ? dependents(id) : List.of());
    }

    @Override
    public synchronized void uninstall(String id, boolean cascade, boolean drop, Session session) {
        AddedPlugin plugin = known(id, session);
        PluginPackage content = plugin.content();
        if (drop && content == null) {
            throw Refusals.conflict("The package of the plugin " + id
                    + " cannot be opened, so what it brought is not known; remove it without drop");
        }
        List<String> objects = drop ? metadata.objectsOf(id, with(plugin)) : List.of();
        if (plugin.runs()) {
            disable(id, cascade, session);
        }
        if (content != null) {
            code.takeLeave(content);
        }
        if (drop) {
            metadata.drop(objects);
            store.forgetSeeds(id);
        }
        store.remove(id);
        plugins.remove(id);
        announce(plugin.kept().in(PluginState.UNINSTALLED, ""), PluginState.DISABLED);
    }

    private AddedPlugin known(String id, Session session) {
        Refusals.requireAdministrator(session);
        AddedPlugin plugin = plugins.get(id);
        if (plugin == null) {
            throw builtIn.plugin(id).isPresent() ? Refusals.builtIn(id) : Refusals.unknown(id);
        }
        return plugin;
    }

    private PluginSummary summary(String id) {
        return Objects.requireNonNull(plugins.get(id)).summary(code.bulkheads());
    }

    private void halt(AddedPlugin plugin) {
        PluginCode running = plugin.code();
        if (running == null) {
            return;
        }
        running.leave();
        try {
            running.hook(PlatformPlugin::onDisable);
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("Plugin {} failed to stop", plugin.id(), e);
        }
        running.close();
    }

    private void fail(String id, String reason) {
        AddedPlugin plugin = Objects.requireNonNull(plugins.get(id));
        LOG.error("Plugin {} stays out: {}", id, reason);
        move(plugin.stopped(PluginState.FAILED, reason));
    }

    /** Remembers and tells where a plugin stands now. */
    private void move(AddedPlugin next) {
        AddedPlugin before = Objects.requireNonNull(plugins.put(next.id(), next));
        store.move(next.kept());
        announce(next.kept(), before.kept().state());
    }

    private void announce(KeptPlugin plugin, PluginState from) {
        if (plugin.state() != from) {
            bus.publish(new PluginStateChanged(plugin.id(), plugin.version(), from.name(), plugin.state().name()));
        }
    }
}
