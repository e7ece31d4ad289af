package dev.objectos.runtime.plugin.added;

import dev.objectos.runtime.metadata.MetadataSource;
import dev.objectos.runtime.plugin.PluginRegistry;
import dev.objectos.runtime.plugin.PluginState;
import dev.objectos.runtime.plugin.resolve.Candidate;
import dev.objectos.runtime.plugin.resolve.PluginSet;
import dev.objectos.runtime.plugin.trust.PackageRefusedException;
import dev.objectos.runtime.plugin.trust.PluginPackage;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The added plugins of an installation whose server does not run, or not here: their packages are opened, and none of their code
 * is loaded.
 */
public final class KeptPackages {

    private static final Set<PluginState> STANDING = EnumSet.of(PluginState.INSTALLED, PluginState.LOADED,
            PluginState.ENABLED, PluginState.RESTARTING);

    private final Map<String, PluginPackage> opened = new LinkedHashMap<>();
    private final Map<String, String> refused = new LinkedHashMap<>();
    private final PluginRegistry builtIn;

    /** Opens those that a server would run. */
    public KeptPackages(PluginRegistry builtIn, PluginDatabase database, PackageSource packages) {
        this.builtIn = builtIn;
        var store = new PluginStore(database);
        for (KeptPlugin plugin : store.all()) {
            if (plugin.wanted() && STANDING.contains(plugin.state())) {
                open(plugin, store, packages);
            }
        }
    }

    private void open(KeptPlugin plugin, PluginStore store, PackageSource packages) {
        try {
            @Nullable
            PluginPackage content = plugin.digest().isEmpty()
                    ? packages.inFolder().stream().filter(found -> found.manifest().id().equals(plugin.id()))
                            .findFirst()
                            .orElse(null)
                    : packages.open(plugin.origin(), store.archive(plugin.id()).orElse(new byte[0]));
            if (content == null) {
                refused.put(plugin.id(), "its folder " + plugin.origin() + " is gone");
            } else {
                opened.put(plugin.id(), content);
            }
        } catch (PackageRefusedException e) {
            refused.put(plugin.id(), String.valueOf(e.getMessage()));
        }
    }

    /** How many could be opened. */
    public int count() {
        return opened.size();
    }

    /** Those that could not be opened, with the reasons. */
    public Map<String, String> refused() {
        return Map.copyOf(refused);
    }

    /** What they bring, each after what it needs. */
    public List<MetadataSource> metadata() {
        Stream<Candidate> first = builtIn.plugins().stream()
                .map(plugin -> new Candidate(plugin.manifest(), plugin.root().toString()));
        Stream<Candidate> then = opened.values().stream()
                .map(content -> new Candidate(content.manifest(), content.origin()));
        var order = new ArrayList<>(PluginSet.of(Stream.concat(first, then).toList()).resolve().ids());
        // What only a running server offers may be lacking here; that is no fault of the metadata.
        opened.keySet().stream().filter(id -> !order.contains(id)).toList().forEach(order::add);
        return order.stream().filter(opened::containsKey).map(opened::get).map(PluginPackage::metadata).toList();
    }
}
