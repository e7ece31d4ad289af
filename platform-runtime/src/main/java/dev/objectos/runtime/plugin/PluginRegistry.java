package dev.objectos.runtime.plugin;

import dev.objectos.runtime.spi.PlatformPlugin;
import dev.objectos.runtime.spi.PluginSummary;
import dev.objectos.runtime.spi.Plugins;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** The plugins of this server, in the order in which they depend on each other, and where each stands in its life. */
public final class PluginRegistry implements Plugins {

    private static final Logger LOG = LoggerFactory.getLogger(PluginRegistry.class);
    private static final String MANIFEST = "META-INF/objectos/plugin.yml";

    private final List<String> order;
    private final Map<String, PluginDescriptor> plugins = new LinkedHashMap<>();

    private PluginRegistry(List<PluginDescriptor> sorted) {
        order = sorted.stream().map(PluginDescriptor::id).toList();
        sorted.forEach(plugin -> plugins.put(plugin.id(), plugin));
    }

    /** Finds the built-in plugins: every manifest on the class path. */
    public static PluginRegistry discover(ClassLoader loader) {
        var reader = new PluginManifestReader();
        var found = new ArrayList<PluginDescriptor>();
        try {
            for (Resource manifest : new PathMatchingResourcePatternResolver(loader)
                    .getResources("classpath*:" + MANIFEST)) {
                String location = manifest.getURL().toString();
                URI root = URI.create(location.substring(0, location.length() - MANIFEST.length()));
                found.add(new PluginDescriptor(reader.read(manifest), root, PluginState.LOADED));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new PluginRegistry(DependencyOrder.sort(found));
    }

    /** All plugins, each after those that it depends on. */
    public synchronized List<PluginDescriptor> plugins() {
        return List.copyOf(plugins.values());
    }

    public synchronized Optional<PluginDescriptor> plugin(String id) {
        return Optional.ofNullable(plugins.get(id));
    }

    @Override
    public List<PluginSummary> summaries() {
        return plugins().stream().map(PluginDescriptor::summary).toList();
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
