package dev.objectos.runtime.storage.file;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;

/** A folder, which nodes share where there are several. A file is written beside its place, synced and moved there. */
public final class DiskFileStore implements FileStore {

    public static final String NAME = "disk";

    private static final String COMING = ".coming";

    private final Path root;

    public DiskFileStore(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    /** The configured folder, or the one in the home. */
    public static DiskFileStore in(Path home, FileProperties properties) {
        Path folder = properties.folder();
        return new DiskFileStore(folder == null ? home.resolve("files") : folder);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void put(String key, InputStream content) throws IOException {
        Path place = place(key);
        Path folder = Files.createDirectories(place.getParent());
        Path coming = Files.createTempFile(folder, place.getFileName().toString(), COMING);
        try {
            try (FileChannel channel = FileChannel.open(coming, StandardOpenOption.WRITE)) {
                content.transferTo(Channels.newOutputStream(channel));
                channel.force(true);
            }
            Files.move(coming, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            sync(folder);
        } finally {
            Files.deleteIfExists(coming);
        }
    }

    @Override
    public InputStream open(String key, long from, long length) throws IOException {
        FileChannel channel = FileChannel.open(place(key), StandardOpenOption.READ);
        try {
            return Channels.newInputStream(channel.position(from));
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public void remove(String key) throws IOException {
        Files.deleteIfExists(place(key));
    }

    @Override
    public Stream<String> unchangedFor(Duration age) throws IOException {
        if (!Files.isDirectory(root)) {
            return Stream.empty();
        }
        FileTime before = FileTime.from(Instant.now().minus(age));
        return Files.find(root, Integer.MAX_VALUE,
                (_, file) -> file.isRegularFile() && file.lastModifiedTime().compareTo(before) < 0)
                .map(file -> root.relativize(file).toString().replace(File.separatorChar, '/'));
    }

    @Override
    public String check() throws IOException {
        Path there = root;
        while (!Files.exists(there) && there.getParent() != null) {
            there = there.getParent();
        }
        if (!Files.isDirectory(there) || !Files.isWritable(there)) {
            throw new IOException(there + " is no folder that the server may write to; let its account do so");
        }
        return "the folder " + root;
    }

    /** Keys are ours, but a folder is no place to be wrong about it. */
    private Path place(String key) {
        Path place = root.resolve(key).normalize();
        if (!place.startsWith(root) || place.equals(root)) {
            throw new IllegalArgumentException("no key: " + key);
        }
        return place;
    }

    /** A name survives a crash once its folder is synced; where folders cannot be opened, the file system does it. */
    private static void sync(Path folder) throws IOException {
        if (!folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return;
        }
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (NoSuchFileException e) {
            throw new IOException("the folder of files has gone", e);
        }
    }
}
