package dev.objectos.runtime.plugin;

import dev.objectos.runtime.metadata.MetadataFile;
import dev.objectos.runtime.metadata.MetadataSource;
import dev.objectos.runtime.plugin.manifest.ManifestReader;
import dev.objectos.runtime.plugin.manifest.ManifestReading;
import dev.objectos.runtime.plugin.manifest.PluginManifest;
import dev.objectos.runtime.plugin.resolve.Candidate;
import dev.objectos.runtime.plugin.resolve.PluginSet;
import dev.objectos.runtime.plugin.resolve.Resolution;
import dev.objectos.runtime.spi.PlatformPlugin;
import dev.objectos.runtime.spi.PluginSummary;
import dev.objectos.runtime.spi.Plugins;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * The plugins of this server, in the order in which they depend on each other, and where each stands in its life. One
 * that cannot be used is reported and left out, and so are those that need it.
 */
public final class PluginRegistry implements Plugins {

    private static final Logger LOG = LoggerFactory.getLogger(PluginRegistry.class);

    private final List<String> order;
    private final Map<String, PluginDescriptor> plugins = new LinkedHashMap<>();
    private final Map<PluginDescriptor, String> leftOut = new LinkedHashMap<>();
    private final List<RefusedPlugin> refused;
    private final PluginSelection selection;

    private PluginRegistry(List<PluginDescriptor> found, List<RefusedPlugin> unreadable, PluginSelection selection) {
        this.selection = selection;
        refused = new ArrayList<>(unreadable);
        Map<String, PluginDescriptor> byOrigin = new LinkedHashMap<>();
        Map<String, String> off = new LinkedHashMap<>();
        for (PluginDescriptor plugin : found) {
            if (selection.includes(plugin.manifest())) {
                byOrigin.put(plugin.root().toString(), plugin);
            } else {
                String reason = selection.reason(plugin.manifest());
                off.put(plugin.id(), reason);
                leftOut.put(plugin.in(PluginState.DISABLED), reason);
            }
        }
        Resolution resolution = PluginSet.of(byOrigin.entrySet().stream()
                .map(plugin -> new Candidate(plugin.getValue().manifest(), plugin.getKey())).toList()).resolve();
        order = resolution.ids();
        resolution.order().forEach(candidate -> plugins.put(candidate.id(),
                Objects.requireNonNull(byOrigin.get(candidate.origin()))));
        resolution.excluded().forEach(exclusion -> {
            String origin = exclusion.candidate().origin();
            String reason = exclusion.reason() + offAmong(exclusion.candidate().manifest(), off);
            refused.add(new RefusedPlugin(exclusion.id(), origin, reason));
            leftOut.put(Objects.requireNonNull(byOrigin.get(origin)).in(PluginState.FAILED), reason);
        });
        off.forEach((id, reason) -> LOG.info("Plugin {} is off: {}", id, reason));
        refused.forEach(plugin -> LOG.error("The plugin in {} stays out: {}", plugin.origin(), plugin.reason()));
    }

    /** What was switched off of what a plugin needs. */
    private static String offAmong(PluginManifest manifest, Map<String, String> off) {
        String needed = manifest.dependencies().keySet().stream().filter(off::containsKey)
                .map(id -> id + " is " + off.get(id)).collect(Collectors.joining(", "));
        return needed.isEmpty() ? "" : " (" + needed + ")";
    }

    /** Finds the built-in plugins, all of which are to be on: every manifest on the class path. */
    public static PluginRegistry discover(ClassLoader loader) {
        return discover(loader, PluginSelection.ALL);
    }

    /** Finds the built-in plugins: every manifest on the class path. */
    public static PluginRegistry discover(ClassLoader loader, PluginSelection selection) {
        var found = new ArrayList<PluginDescriptor>();
        var unreadable = new ArrayList<RefusedPlugin>();
        try {
            for (Resource manifest : new PathMatchingResourcePatternResolver(loader)
                    .getResources("classpath*:" + PluginManifest.PATH)) {
                String location = manifest.getURL().toString();
                String root = location.substring(0, location.length() - PluginManifest.PATH.length());
                ManifestReading reading = read(manifest, location, URI.create(root).toURL());
                reading.warnings().forEach(warning -> LOG.warn("{}", warning));
                PluginManifest usable = reading.manifest();
                if (usable == null) {
                    unreadable.add(new RefusedPlugin("", root, reading.errors()));
                } else {
                    found.add(new PluginDescriptor(usable, URI.create(root), PluginState.LOADED));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new PluginRegistry(found, unreadable, selection);
    }

    private static ManifestReading read(Resource manifest, String label, URL root) throws IOException {
        try (InputStream input = manifest.getInputStream()) {
            return ManifestReader.read(label, input.readNBytes(MetadataFile.MAX_BYTES + 1),
                    () -> MetadataSource.at(label, root));
        }
    }

    /** Every plugin that can be used, each after those that it depends on. */
    public synchronized List<PluginDescriptor> plugins() {
        return List.copyOf(plugins.values());
    }

    public synchronized Optional<PluginDescriptor> plugin(String id) {
        return Optional.ofNullable(plugins.get(id));
    }

    /** What was found and stays out, with the reasons. */
    public List<RefusedPlugin> refused() {
        return List.copyOf(refused);
    }

    /** Those whose manifests could be read and that nevertheless take no part. */
    public List<PluginDescriptor> leftOut() {
        return List.copyOf(leftOut.keySet());
    }

    /** Those that can be used, then those that stay out although their manifests could be read. */
    @Override
    public List<PluginSummary> summaries() {
        return Stream.concat(plugins().stream().map(plugin -> summary(plugin, "")),
                leftOut.entrySet().stream().map(plugin -> summary(plugin.getKey(), plugin.getValue()))).toList();
    }

    private PluginSummary summary(PluginDescriptor plugin, String reason) {
        boolean off = leftOut.containsKey(plugin) && plugin.state() == PluginState.DISABLED;
        return plugin.summary(reason, selection.isSet(plugin.id()), selection.includes(plugin.manifest()) == off);
    }

    /** Whether there is such a plugin, be it on or off. */
    public Optional<PluginSummary> summary(String id) {
        return summaries().stream().filter(plugin -> plugin.id().equals(id)).findFirst();
    }

    /** What a plugin cannot do without, and is off at the next start. */
    public List<String> offAmongNeedsOf(String id) {
        List<PluginDescriptor> next = next();
        return known().filter(plugin -> plugin.id().equals(id)).findFirst().stream()
                .flatMap(plugin -> plugin.manifest().dependencies().entrySet().stream())
                .filter(need -> !need.getValue().optional()).map(Map.Entry::getKey)
                .filter(need -> next.stream().noneMatch(plugin -> plugin.id().equals(need))).sorted().toList();
    }

    /** Those that are on at the next start, as far as is decided now. */
    public List<PluginDescriptor> next() {
        return known().filter(plugin -> selection.includes(plugin.manifest())).toList();
    }

    private Stream<PluginDescriptor> known() {
        return Stream.concat(plugins().stream(), leftOut.keySet().stream());
    }

    /** Runs each plugin's own start, if it has code; one that fails does not keep the others from starting. */
    public void enable(List<PlatformPlugin> code) {
        for (String id : order) {
            move(id, start(id, code) ? PluginState.ENABLED : PluginState.FAILED);
        }
    }

    /** Runs each plugin's own stop, dependents first; one that fails does not keep the others from stopping. */
    public void disable(List<PlatformPlugin> code) {
        for (String id : order.reversed()) {
            stop(id, code);
            move(id, PluginState.DISABLED);
        }
    }

    private static boolean start(String id, List<PlatformPlugin> code) {
        try {
            code.stream().filter(plugin -> plugin.id().equals(id)).forEach(PlatformPlugin::onEnable);
            return true;
        } catch (RuntimeException e) {
            LOG.error("Plugin {} failed to start", id, e);
            return false;
        }
    }

    private static void stop(String id, List<PlatformPlugin> code) {
        try {
            code.stream().filter(plugin -> plugin.id().equals(id)).forEach(PlatformPlugin::onDisable);
        } catch (RuntimeException e) {
            LOG.error("Plugin {} failed to stop", id, e);
        }
    }

    private synchronized void move(String id, PluginState state) {
        plugins.computeIfPresent(id, (_, plugin) -> plugin.in(state));
    }
}
