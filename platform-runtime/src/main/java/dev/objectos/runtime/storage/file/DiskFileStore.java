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

    private static final String COMING = ".coming";

    private final Path root;

    public DiskFileStore(Path root) {
        this.root = root.toAbsolutePath().normalize();
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
    public InputStream open(String key, long from) throws IOException {
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
