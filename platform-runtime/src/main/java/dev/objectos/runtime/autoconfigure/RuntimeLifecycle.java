package dev.objectos.runtime.autoconfigure;

import dev.objectos.runtime.health.BootTimeline;
import dev.objectos.runtime.metadata.publish.FolderWatcher;
import dev.objectos.runtime.metadata.publish.MetadataProperties;
import dev.objectos.runtime.metadata.publish.MetadataPublisher;
import dev.objectos.runtime.metadata.publish.Seeding;
import dev.objectos.runtime.plugin.PluginRegistry;
import dev.objectos.runtime.spi.PlatformPlugin;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** The boot sequence: publish the metadata, start the plugins, load seeds, and only then let requests in. */
final class RuntimeLifecycle implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(RuntimeLifecycle.class);

    /** Before web servers, which start late and stop early. */
    private static final int PHASE = 0;

    private final MetadataPublisher publisher;
    private final Seeding seeding;
    private final PluginRegistry plugins;
    private final List<PlatformPlugin> code;
    private final MetadataProperties metadata;
    private final BootTimeline boot;
    private @Nullable FolderWatcher watcher;
    private volatile boolean running;

    RuntimeLifecycle(MetadataPublisher publisher, Seeding seeding, PluginRegistry plugins, List<PlatformPlugin> code,
            MetadataProperties metadata, BootTimeline boot) {
        this.publisher = publisher;
        this.seeding = seeding;
        this.plugins = plugins;
        this.code = code;
        this.metadata = metadata;
        this.boot = boot;
    }

    @Override
    public void start() {
        boot.phase("metadata", () -> {
            publisher.publish();
        });
        boot.phase("plugins", () -> plugins.enable(code));
        boot.phase("seeds", seeding::load);
        List<Path> folders = metadata.folders();
        if (metadata.watch() && !folders.isEmpty()) {
            watcher = new FolderWatcher(folders, metadata.quiet(), this::republish);
        }
        running = true;
    }

    /** A change that cannot be published leaves everything as it was. */
    private void republish() {
        try {
            publisher.publish();
        } catch (RuntimeException e) {
            LOG.error("The changed metadata could not be published; the last good one keeps serving", e);
        }
    }

    @Override
    public void stop() {
        FolderWatcher watching = watcher;
        if (watching != null) {
            watching.close();
        }
        plugins.disable(code);
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
