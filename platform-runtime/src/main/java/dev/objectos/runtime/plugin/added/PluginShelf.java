package dev.objectos.runtime.plugin.added;

import dev.objectos.runtime.plugin.PluginRegistry;
import dev.objectos.runtime.plugin.PluginState;
import dev.objectos.runtime.plugin.manifest.PluginManifest;
import dev.objectos.runtime.plugin.manifest.Version;
import dev.objectos.runtime.plugin.trust.PackageRefusedException;
import dev.objectos.runtime.plugin.trust.PluginPackage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the packages that the database keeps, after those that are new in the folder of plugins have been added to them.
 * What cannot be opened any more, because trust was taken back for instance, is there without its content.
 */
final class PluginShelf {

    private static final Logger LOG = LoggerFactory.getLogger(PluginShelf.class);

    private final PluginRegistry builtIn;
    private final PluginStore store;
    private final PackageSource packages;
    private final Approvals approvals;
    private final AddedMetadata metadata;
    private final boolean safe;

    /** @param safe whether nothing is opened */
    PluginShelf(PluginRegistry builtIn, PluginStore store, PackageSource packages, Approvals approvals,
            AddedMetadata metadata, boolean safe) {
        this.builtIn = builtIn;
        this.store = store;
        this.packages = packages;
        this.approvals = approvals;
        this.metadata = metadata;
        this.safe = safe;
    }

    List<AddedPlugin> open() {
        List<PluginPackage> inFolder = safe ? List.of() : packages.inFolder();
        Map<String, KeptPlugin> kept = new LinkedHashMap<>();
        store.all().forEach(plugin -> kept.put(plugin.id(), plugin));
        inFolder.forEach(found -> take(found, kept));
        List<AddedPlugin> pending = pending();
        return kept.values().stream().filter(plugin -> plugin.state() != PluginState.UNINSTALLED)
                .map(plugin -> opened(plugin, inFolder)).map(plugin -> withPending(plugin, pending)).toList();
    }

    /** The newer versions that await approval; one that cannot be opened any more is reported and left out. */
    List<AddedPlugin> pending() {
        var found = new ArrayList<AddedPlugin>();
        if (!safe) {
            for (KeptPlugin plugin : store.pending()) {
                try {
                    found.add(new AddedPlugin(plugin, content(plugin, store.pendingArchive(plugin.id()))));
                } catch (PackageRefusedException | IllegalStateException e) {
                    LOG.error("Version {} of the plugin {}, which awaits approval, stays out: {}", plugin.version(),
                            plugin.id(), e.getMessage());
                }
            }
        }
        return found;
    }

    static AddedPlugin withPending(AddedPlugin plugin, List<AddedPlugin> pending) {
        return plugin.with(pending.stream().filter(candidate -> candidate.id().equals(plugin.id())).findFirst()
                .orElse(null));
    }

    /** Opens a package once more, as it is trusted now; refuses where it is not, or is there no more. */
    AddedPlugin reopened(KeptPlugin plugin) {
        try {
            return new AddedPlugin(plugin,
                    content(plugin, plugin.digest().isEmpty() ? packages.inFolder() : List.of()));
        } catch (PackageRefusedException e) {
            throw Refusals.of(e);
        } catch (IllegalStateException e) {
            throw Refusals.failed(plugin.id(), e);
        }
    }

    /** Keeps a package from the folder, unless it is known, or older than what is. */
    private void take(PluginPackage found, Map<String, KeptPlugin> kept) {
        PluginManifest manifest = found.manifest();
        String id = manifest.id();
        KeptPlugin known = kept.get(id);
        if (builtIn.plugin(id).isPresent()) {
            LOG.error("The plugin {} in {} stays out: it comes with the server", id, found.origin());
        } else if (known == null || isNews(found, known)) {
            @Nullable
            String replaced = known == null || known.state() == PluginState.UNINSTALLED ? null : known.version();
            var fresh = new KeptPlugin(id, manifest.version().toString(), PluginState.INSTALLED, true, false, "",
                    found.origin(), found.digest().orElse(""), replaced, null, 0);
            Optional<byte[]> archive = found.archive();
            if (known != null && known.wanted() && archive.isPresent()
                    && !approvals.cover(manifest, () -> metadata.objectsOf(id, List.of(found)))) {
                LOG.warn("The plugin {} {} in {} asks for more than is approved; {} goes on until it is", id,
                        manifest.version(), found.origin(), known.version());
                store.savePending(fresh, archive.get());
            } else {
                kept.put(id, store.save(fresh, archive));
            }
        }
    }

    private static boolean isNews(PluginPackage found, KeptPlugin known) {
        Version version = found.manifest().version();
        boolean same = found.digest().map(known.digest()::equals)
                .orElse(known.digest().isEmpty() && known.version().equals(version.toString()));
        boolean older = known.state() != PluginState.UNINSTALLED
                && Version.parse(known.version()).compareTo(version) > 0;
        if (older) {
            LOG.info("The plugin {} {} in {} is older than the one that is installed", known.id(), version,
                    found.origin());
        }
        if (same && known.state() == PluginState.UNINSTALLED) {
            LOG.info("The plugin {} {} in {} stays out, for it was removed; upload it to have it back", known.id(),
                    version,
                    found.origin());
        }
        return !same && !older;
    }

    AddedPlugin opened(KeptPlugin plugin) {
        return opened(plugin, plugin.digest().isEmpty() ? packages.inFolder() : List.of());
    }

    private AddedPlugin opened(KeptPlugin plugin, List<PluginPackage> inFolder) {
        if (safe) {
            return new AddedPlugin(plugin.in(PluginState.INSTALLED, "the server runs in safe mode"), null);
        }
        try {
            PluginPackage content = content(plugin, inFolder);
            return new AddedPlugin(plugin.wanted()
                    ? plugin.in(PluginState.INSTALLED, "")
                    : plugin.in(PluginState.DISABLED, plugin.reason()), content);
        } catch (PackageRefusedException | IllegalStateException e) {
            String reason = String.valueOf(e.getMessage());
            LOG.error("Plugin {} stays out: {}", plugin.id(), reason);
            KeptPlugin failed = plugin.in(PluginState.FAILED, reason);
            store.note(failed);
            return new AddedPlugin(failed, null);
        }
    }

    private PluginPackage content(KeptPlugin plugin, List<PluginPackage> inFolder) {
        if (plugin.digest().isEmpty()) {
            return inFolder.stream()
                    .filter(found -> found.manifest().id().equals(plugin.id()) && found.digest().isEmpty())
                    .findFirst().orElseThrow(() -> new IllegalStateException("its folder " + plugin.origin()
                            + " is gone, or may not be used any more"));
        }
        return content(plugin, store.archive(plugin.id()));
    }

    private PluginPackage content(KeptPlugin plugin, Optional<byte[]> archive) {
        PluginPackage content = packages.open(plugin.origin(),
                archive.orElseThrow(() -> new IllegalStateException("its package is not in the database")));
        if (!content.digest().equals(Optional.of(plugin.digest()))
                || !content.manifest().id().equals(plugin.id())) {
            throw new IllegalStateException("its package is not the one that was installed");
        }
        return content;
    }
}
