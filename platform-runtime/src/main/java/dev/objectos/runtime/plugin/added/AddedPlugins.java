package dev.objectos.runtime.plugin.added;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.coordination.Coordination;
import dev.objectos.runtime.plugin.PluginRegistry;
import dev.objectos.runtime.plugin.PluginState;
import dev.objectos.runtime.plugin.grant.Grants;
import dev.objectos.runtime.plugin.manifest.PluginManifest;
import dev.objectos.runtime.plugin.protocol.Protocols;
import dev.objectos.runtime.plugin.trust.PackageRefusedException;
import dev.objectos.runtime.plugin.trust.PluginPackage;
import dev.objectos.runtime.resource.Bulkheads;
import dev.objectos.runtime.session.Origin;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.session.SystemPermission;
import dev.objectos.runtime.spi.LifecycleHook.Step;
import dev.objectos.runtime.spi.PluginAdministration;
import dev.objectos.runtime.spi.PluginPermissions;
import dev.objectos.runtime.spi.PluginProtocol;
import dev.objectos.runtime.spi.PluginRemoval;
import dev.objectos.runtime.spi.PluginSummary;
import dev.objectos.runtime.spi.RuntimeCapability;
import dev.objectos.runtime.storage.KeyValueStores;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What administrators do with added plugins. One step at a time, over all nodes; a step that fails leaves everything as it was.
 */
public final class AddedPlugins implements PluginAdministration {

    private final PluginRegistry builtIn;
    private final PluginStore store;
    private final PackageSource packages;
    private final Approvals approvals;
    private final AddedMetadata metadata;
    private final KeyValueStores stores;
    private final Coordination coordination;
    private final Grants grants;
    private final Bulkheads limits;
    private final Protocols protocols;
    private final List<RuntimeCapability> capabilities;
    private final PluginRoster roster;
    private final PluginShelf shelf;
    private final PluginSwap swap;
    private final PluginPresence presence;
    private final PluginAdmission admission;
    private final BuiltInSwitch switches;

    /** @param capabilities the parts of the runtime that are listed beside the plugins */
    public AddedPlugins(PluginRegistry builtIn, PluginStore store, PackageSource packages, Approvals approvals,
            AddedMetadata metadata, CodeLoader code, PresenceOptions options, List<RuntimeCapability> capabilities) {
        this.builtIn = builtIn;
        this.store = store;
        this.packages = packages;
        this.approvals = approvals;
        this.metadata = metadata;
        this.stores = code.parts().stores();
        this.coordination = code.parts().coordination();
        this.grants = code.parts().grants();
        this.limits = code.seams().bulkheads();
        this.protocols = code.seams().protocols();
        this.capabilities = List.copyOf(capabilities);
        this.roster = new PluginRoster(new PluginLineup(builtIn, code.parts().services()), store, code.parts().bus());
        this.shelf = new PluginShelf(builtIn, store, packages, approvals, metadata, options.safe());
        this.swap = new PluginSwap(roster, store, metadata, code);
        this.switches = new BuiltInSwitch(builtIn, roster, store, options.switches());
        this.presence = new PluginPresence(roster, shelf, store, approvals, metadata, swap, switches, options);
        this.admission = new PluginAdmission(roster, store, approvals, metadata, swap, presence);
    }

    /** How they come, and stay, on this node. */
    public PluginPresence presence() {
        return presence;
    }

    /** What a plugin says of itself; empty where it cannot be opened or is not there. */
    public Optional<PluginManifest> manifest(String id) {
        return Optional.ofNullable(roster.find(id)).map(AddedPlugin::content).map(PluginPackage::manifest);
    }

    /** The secrets that a plugin asks for, one that awaits approval too; empty where there is no such plugin. */
    public Optional<Set<String>> secretNames(String id) {
        return Optional.ofNullable(roster.find(id)).map(plugin -> Stream.of(plugin, plugin.pending())
                .flatMap(Stream::ofNullable).map(AddedPlugin::content).flatMap(Stream::ofNullable)
                .flatMap(content -> content.manifest().permissions().secrets().stream())
                .collect(Collectors.toUnmodifiableSet()));
    }

    @Override
    public List<PluginSummary> summaries() {
        return Stream.concat(builtIn.summaries().stream(), roster.all().stream().map(this::summary)).toList();
    }

    @Override
    public List<RuntimeCapability> capabilities() {
        return capabilities;
    }

    @Override
    public List<PluginProtocol> protocols() {
        return protocols.spoken();
    }

    private PluginSummary summary(AddedPlugin plugin) {
        return plugin.summary(approvals.of(plugin.id()).orElse(null), limits.reason(plugin.id()));
    }

    private PluginSummary summary(String id) {
        return summary(roster.get(id));
    }

    /** A decision: nobody else decides at the same time, and it starts from what others have decided. */
    private <T> T decide(Session session, Supplier<T> step) {
        session.require(SystemPermission.MANAGE_PLUGINS, Refusals.ADMINISTRATORS);
        return presence.alone(() -> store.database().exclusively(() -> {
            presence.follow();
            T result = step.get();
            presence.awaken();
            return result;
        }));
    }

    @Override
    public PluginSummary install(String origin, byte[] archive, boolean downgrade, Session session) {
        return decide(session, () -> {
            presence.requireUnsafe();
            PluginPackage content;
            try {
                content = packages.open(origin, archive);
            } catch (PackageRefusedException e) {
                throw Refusals.of(e);
            }
            install(content, downgrade, session);
            return summary(content.manifest().id());
        });
    }

    private void install(PluginPackage content, boolean downgrade, Session session) {
        PluginManifest manifest = content.manifest();
        if (builtIn.plugin(manifest.id()).isPresent()) {
            throw Refusals.builtIn(manifest.id());
        }
        @Nullable
        AddedPlugin before = roster.find(manifest.id());
        if (before != null && !downgrade) {
            admission.requireNotOlder(manifest, before);
        }
        var kept = new KeptPlugin(manifest.id(), manifest.version().toString(), PluginState.INSTALLED, true, false, "",
                content.origin(), content.digest().orElse(""), before == null ? null : before.kept().greetedVersion(),
                session.userId(), 0);
        roster.announce(kept, before == null ? PluginState.UNINSTALLED : before.state());
        try {
            admission.admit(new AddedPlugin(kept, content), before);
        } catch (PlatformException e) {
            roster.announce(kept.in(PluginState.FAILED, e.message()), PluginState.INSTALLED);
            throw e;
        }
    }

    @Override
    public PluginSummary approve(String id, @Nullable String version, Session session) {
        return decide(session, () -> {
            AddedPlugin plugin = known(id);
            presence.requireUnsafe();
            AddedPlugin pending = plugin.pending();
            AddedPlugin asking = pending == null ? plugin : pending;
            if (version != null && !version.equals(asking.kept().version())) {
                throw Refusals.otherVersion(id, version, asking.kept().version());
            }
            if (asking.content() == null) {
                throw Refusals.conflict("The plugin " + id + " cannot be opened: " + plugin.kept().reason());
            }
            PluginPermissions asked = asking.manifest().permissions()
                    .withoutObjects(metadata.objectsOf(id, roster.beside(asking)));
            boolean changed = !asked.isEmpty() && approvals.approve(asking.manifest(), asked, session);
            if (changed || pending != null || plugin.state() == PluginState.AWAITING_APPROVAL) {
                admission.letIn(plugin, asking);
            }
            return summary(id);
        });
    }

    @Override
    public PluginSummary enable(String id, Session session) {
        return decide(session, () -> {
            if (isBuiltIn(id)) {
                return switches.enable(id, session);
            }
            AddedPlugin plugin = known(id);
            presence.requireUnsafe();
            if (!plugin.runs()) {
                try {
                    admission.enable(
                            shelf.reopened(plugin.kept().wanted(PluginState.INSTALLED, "")).with(plugin.pending()));
                } catch (PlatformException e) {
                    // What merely lacks something is as it was before it was asked for.
                    if (!plugin.stands() && !roster.lacksSomething(plugin)) {
                        presence.fail(id, e.message());
                    }
                    throw e;
                }
                presence.settled(id);
                if (plugin.stands() && !roster.get(id).stands()) {
                    swap.restore(roster.standing());
                }
            }
            return summary(id);
        });
    }

    @Override
    public List<String> disable(String id, boolean cascade, Session session) {
        return decide(session, () -> {
            if (isBuiltIn(id)) {
                return switchOff(id, cascade, session);
            }
            known(id);
            return disable(id, cascade, "disabled", true);
        });
    }

    /** A built-in one, and with {@code cascade} those that need it: added ones at once, built-in ones as it does itself. */
    private List<String> switchOff(String id, boolean cascade, Session session) {
        List<String> dependents = switches.dependents(id);
        if (!cascade && !dependents.isEmpty()) {
            throw Refusals.needed(id, dependents);
        }
        var going = new ArrayList<String>();
        dependents.stream().filter(dependent -> roster.find(dependent) == null).forEach(going::add);
        going.add(id);
        going.forEach(switches::requireOff);
        dependents.stream().filter(dependent -> roster.find(dependent) != null)
                .forEach(dependent -> disable(dependent, true, "disabled", true));
        switches.disable(going, session);
        return Stream.concat(dependents.stream(), Stream.of(id)).toList();
    }

    /** @param asked whether hooks of other plugins may refuse */
    private List<String> disable(String id, boolean cascade, String step, boolean asked) {
        AddedPlugin plugin = roster.get(id);
        if (!plugin.stands()) {
            presence.settled(id);
            roster.decide(plugin.disabled());
            return List.of(id);
        }
        List<String> dependents = roster.dependents(id);
        if (!cascade && !dependents.isEmpty()) {
            throw Refusals.needed(id, dependents);
        }
        var going = new ArrayList<>(dependents);
        going.add(id);
        if (asked) {
            swap.ask(Step.DISABLE, going);
        }
        swap.takeDown(going, step);
        going.forEach(presence::settled);
        going.forEach(next -> roster.decide(roster.get(next).disabled()));
        return List.copyOf(going);
    }

    /** Disables a plugin that goes beyond its limits, and those that need it, until an administrator enables them. */
    public void disableFor(String id, String reason) {
        decide(Session.system(Session.DEFAULT_TENANT, Origin.SYSTEM), () -> {
            AddedPlugin plugin = roster.find(id);
            if (plugin != null && plugin.runs()) {
                disable(id, true, "disabled", false).forEach(gone -> roster.move(roster.get(gone).stopped(
                        PluginState.DISABLED, gone.equals(id) ? reason : "It needs " + id + ": " + reason)));
            }
            return id;
        });
    }

    @Override
    public PluginRemoval removal(String id, Session session) {
        session.require(SystemPermission.MANAGE_PLUGINS, Refusals.ADMINISTRATORS);
        return presence.alone(() -> {
            AddedPlugin plugin = known(id);
            return plugin.content() == null
                    ? new PluginRemoval(id, List.of(), List.of(), List.of(), List.of())
                    : metadata.removal(id, roster.with(plugin), plugin.stands() ? roster.dependents(id) : List.of());
        });
    }

    @Override
    public void uninstall(String id, boolean cascade, boolean drop, Session session) {
        decide(session, () -> {
            uninstall(known(id), cascade, drop);
            return id;
        });
    }

    private void uninstall(AddedPlugin plugin, boolean cascade, boolean drop) {
        String id = plugin.id();
        PluginPackage content = plugin.content();
        if (drop && content == null) {
            throw Refusals.conflict("The package of the plugin " + id
                    + " cannot be opened, so what it brought is not known; remove it without drop");
        }
        if (content != null) {
            swap.ask(Step.UNINSTALL, List.of(id));
        }
        List<String> objects = drop ? metadata.objectsOf(id, roster.with(plugin)) : List.of();
        List<String> disabled = plugin.stands() ? disable(id, cascade, "removed", true) : List.of();
        if (content != null && plugin.mayBeTold()) {
            try {
                swap.takeLeave(content);
            } catch (RuntimeException | LinkageError e) {
                disabled.reversed().forEach(this::back);
                throw Refusals.vetoed(id, "removed", e);
            }
        }
        if (drop) {
            metadata.drop(objects);
            store.forgetSeeds(id);
            stores.erase(id);
            coordination.erase(id);
            grants.erase(id);
        }
        store.remove(id);
        approvals.withdraw(id);
        grants.withdraw(id);
        presence.settled(id);
        roster.remove(id);
        roster.announce(plugin.kept().in(PluginState.UNINSTALLED, ""), PluginState.DISABLED);
        swap.removed(plugin);
    }

    /** Has a plugin run again that was disabled for something that did not happen. */
    private void back(String id) {
        AddedPlugin plugin = roster.get(id);
        try {
            admission.enable(new AddedPlugin(plugin.kept().wanted(PluginState.INSTALLED, ""), plugin.content(), null,
                    plugin.pending()));
        } catch (PlatformException e) {
            presence.fail(id, e.message());
        }
    }

    private boolean isBuiltIn(String id) {
        return roster.find(id) == null && switches.knows(id);
    }

    private AddedPlugin known(String id) {
        AddedPlugin plugin = roster.find(id);
        if (plugin == null) {
            throw builtIn.plugin(id).isPresent() ? Refusals.builtIn(id) : Refusals.unknown(id);
        }
        return plugin;
    }
}
