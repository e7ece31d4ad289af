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

/** The boot sequence: publish the metadata, start the plugins, load seeds, and only then let requests in. */
final class BootSequence {

    private static final Logger LOG = LoggerFactory.getLogger(BootSequence.class);

    private final MetadataPublisher publisher;
    private final Seeding seeding;
    private final PluginRegistry plugins;
    private final List<PlatformPlugin> code;
    private final MetadataProperties metadata;
    private final BootTimeline boot;
    private @Nullable FolderWatcher watcher;

    BootSequence(MetadataPublisher publisher, Seeding seeding, PluginRegistry plugins, List<PlatformPlugin> code,
            MetadataProperties metadata, BootTimeline boot) {
        this.publisher = publisher;
        this.seeding = seeding;
        this.plugins = plugins;
        this.code = code;
        this.metadata = metadata;
        this.boot = boot;
    }

    void start() {
        boot.phase("metadata", () -> {
            publisher.publish();
        });
        boot.phase("plugins", () -> plugins.enable(code));
        boot.phase("seeds", seeding::load);
        List<Path> folders = metadata.folders();
        if (metadata.watch() && !folders.isEmpty()) {
            watcher = new FolderWatcher(folders, metadata.quiet(), this::republish);
        }
    }

    /** A change that cannot be published leaves everything as it was. */
    private void republish() {
        try {
            publisher.publish();
        } catch (RuntimeException e) {
            LOG.error("The changed metadata could not be published; the last good one keeps serving", e);
        }
    }

    void stop() {
        FolderWatcher watching = watcher;
        if (watching != null) {
            watching.close();
        }
        plugins.disable(code);
    }
}
