package dev.objectos.runtime.plugin.grant;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/**
 * How much room the files of a plugin take, whichever of its runs writes them. What is written is counted as it comes; the folder
 * is measured anew now and then. Where other nodes write there too it is measured before each file takes its place: by then all of it
 * is in the folder, so of two nodes that write at the same time the later one sees both.
 */
final class FileRoom {

    private static final long ANEW = Duration.ofMinutes(1).toNanos();
    private static final long UNKNOWN = -1;

    private final String plugin;
    private final Path folder;
    private final boolean shared;
    private long used = UNKNOWN;
    private long measuredAt;
    private int writers;

    /** @param shared whether other nodes may write into the folder */
    FileRoom(String plugin, Path folder, boolean shared) {
        this.plugin = plugin;
        this.folder = folder;
        this.shared = shared;
    }

    /** In bytes. */
    synchronized long used() throws IOException {
        if (used == UNKNOWN || writers == 0 && (shared || System.nanoTime() - measuredAt > ANEW)) {
            used = measured();
            measuredAt = System.nanoTime();
        }
        return used;
    }

    /** Somebody begins to write. */
    synchronized void enter() throws IOException {
        used();
        writers++;
    }

    /** Nobody writes any more what {@link #enter} has begun. */
    synchronized void leave() {
        writers--;
    }

    /**
     * Counts bytes before they are written.
     *
     * @param allowed in bytes
     * @throws PlatformException {@code QUOTA_EXCEEDED}, and nothing is counted
     */
    synchronized void take(long bytes, long allowed) {
        if (used + bytes > allowed) {
            throw full();
        }
        used += bytes;
    }

    /**
     * A file is written and about to take its place.
     *
     * @param allowed in bytes
     * @throws PlatformException {@code QUOTA_EXCEEDED} where other nodes have taken the room meanwhile
     */
    synchronized void confirm(long allowed) throws IOException {
        if (shared) {
            used = measured();
            if (used > allowed) {
                throw full();
            }
        }
    }

    private PlatformException full() {
        return new PlatformException(RuntimeError.QUOTA_EXCEEDED, "The files of the plugin " + plugin
                + " may take no more room together (limits.storage of its manifest)");
    }

    /** They are not there any more. */
    synchronized void give(long bytes) {
        used = Math.max(0, used - bytes);
    }

    private long measured() throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return 0;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.mapToLong(FileRoom::size).sum();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** 0 for what is no file, or has gone meanwhile. */
    static long size(Path file) {
        try {
            return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) ? Files.size(file) : 0;
        } catch (NoSuchFileException _) {
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
