package dev.objectos.runtime.metadata.publish;

import dev.objectos.runtime.metadata.FolderWalk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells when something below some folders has changed and come to rest again. */
public final class FolderWatcher implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FolderWatcher.class);

    /** How often a folder that is gone is looked for. */
    private static final Duration RETURN = Duration.ofSeconds(1);

    private final WatchService watcher;
    private final List<Path> roots;
    private final Set<Path> lost = new HashSet<>();
    private final Duration quiet;
    private final Runnable changed;
    private final Thread thread;

    public FolderWatcher(List<Path> folders, Duration quiet, Runnable changed) {
        this.roots = List.copyOf(folders);
        this.quiet = quiet;
        this.changed = changed;
        try {
            watcher = FileSystems.getDefault().newWatchService();
            for (Path folder : folders) {
                register(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        thread = Thread.ofVirtual().name("metadata-watcher").start(this::watch);
    }

    private void watch() {
        try {
            while (true) {
                WatchKey first = lost.isEmpty()
                        ? watcher.take()
                        : watcher.poll(RETURN.toMillis(), TimeUnit.MILLISECONDS);
                if (first != null) {
                    drain(first);
                } else if (!regain()) {
                    continue;
                }
                WatchKey next = watcher.poll(quiet.toMillis(), TimeUnit.MILLISECONDS);
                while (next != null) {
                    drain(next);
                    next = watcher.poll(quiet.toMillis(), TimeUnit.MILLISECONDS);
                }
                changed.run();
            }
        } catch (ClosedWatchServiceException e) {
            LOG.debug("Watching has ended");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void drain(WatchKey key) {
        Path folder = (Path) key.watchable();
        key.pollEvents().forEach(event -> {
            if (event.kind() == StandardWatchEventKinds.ENTRY_CREATE && event.context() instanceof Path name
                    && Files.isDirectory(folder.resolve(name))) {
                follow(folder.resolve(name));
            } else if (event.kind() == StandardWatchEventKinds.OVERFLOW) {
                // Folders may be among what was not told.
                follow(folder);
            }
        });
        if (!key.reset() && roots.contains(folder)) {
            lost.add(folder);
        }
    }

    /** Whether a folder that was gone is there again. */
    private boolean regain() {
        List<Path> back = lost.stream().filter(Files::isDirectory).toList();
        back.forEach(this::follow);
        lost.removeAll(Set.copyOf(back));
        return !back.isEmpty();
    }

    private void follow(Path folder) {
        try {
            register(folder);
        } catch (IOException e) {
            LOG.warn("Cannot watch {}: {}", folder, e.getMessage());
        }
    }

    private void register(Path root) throws IOException {
        FolderWalk.throughLinks(root, folder -> folder.register(watcher, StandardWatchEventKinds.ENTRY_CREATE,
                StandardWatchEventKinds.ENTRY_MODIFY, StandardWatchEventKinds.ENTRY_DELETE), _ -> {});
    }

    @Override
    public void close() {
        try {
            watcher.close();
        } catch (IOException e) {
            LOG.warn("Cannot stop watching: {}", e.getMessage());
        }
        thread.interrupt();
    }
}
