package dev.objectos.runtime.metadata.publish;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells when something below some folders has changed and come to rest again. */
public final class FolderWatcher implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FolderWatcher.class);

    private final WatchService watcher;
    private final Duration quiet;
    private final Runnable changed;
    private final Thread thread;

    public FolderWatcher(List<Path> folders, Duration quiet, Runnable changed) {
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
                drain(watcher.take());
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
            }
        });
        key.reset();
    }

    private void follow(Path folder) {
        try {
            register(folder);
        } catch (IOException e) {
            LOG.warn("Cannot watch {}: {}", folder, e.getMessage());
        }
    }

    private void register(Path root) throws IOException {
        Files.walkFileTree(root, new SimpleFileVisitor<>() {

            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                folder.register(watcher, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY,
                        StandardWatchEventKinds.ENTRY_DELETE);
                return FileVisitResult.CONTINUE;
            }
        });
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
