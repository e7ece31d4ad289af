package dev.objectos.runtime.plugin.grant;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.spi.PluginFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The files of one plugin: below its folder, below what is approved there, and never through a link. */
final class GrantedFiles implements PluginFiles {

    private static final Pattern FORBIDDEN = Pattern.compile("[\\\\:\\p{Cntrl}]");
    private static final String DRAFT = ".part-";
    private static final int CHUNK = 1 << 16;

    private final String plugin;
    private final List<List<String>> approved;
    private final Path root;
    private final LongSupplier largest;
    private final long quota;
    private final FileRoom room;

    /**
     * @param approved as the manifest names them
     * @param largest size of a file
     * @param quota what all take together
     */
    GrantedFiles(String plugin, List<String> approved, Path root, LongSupplier largest, long quota, FileRoom room) {
        this.plugin = plugin;
        this.approved = approved.stream().map(GrantedFiles::parts).toList();
        this.root = root;
        this.largest = largest;
        this.quota = quota;
        this.room = room;
    }

    @Override
    public InputStream read(String path) throws IOException {
        return Files.newInputStream(place(path), LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    public long write(String path, InputStream content) throws IOException {
        Path target = place(path);
        if (target.equals(root) || Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
            throw denied(path, "it is a folder");
        }
        Path folder = target.resolveSibling("");
        Files.createDirectories(folder);
        Path draft = folder.resolve(DRAFT + UUID.randomUUID());
        room.enter();
        try {
            // What is replaced makes room.
            long allowed = quota + FileRoom.size(target);
            try (OutputStream out = Files.newOutputStream(draft, StandardOpenOption.CREATE_NEW,
                    StandardOpenOption.WRITE)) {
                copy(content, out, allowed);
            }
            room.confirm(allowed);
            long size = FileRoom.size(draft);
            long before = FileRoom.size(target);
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            room.give(before);
            return size;
        } finally {
            room.give(FileRoom.size(draft));
            Files.deleteIfExists(draft);
            room.leave();
        }
    }

    private void copy(InputStream content, OutputStream out, long allowed) throws IOException {
        byte[] chunk = new byte[CHUNK];
        long limit = largest.getAsLong();
        long size = 0;
        for (int read = content.read(chunk); read >= 0; read = content.read(chunk)) {
            size += read;
            if (size > limit) {
                throw new PlatformException(RuntimeError.PAYLOAD_TOO_LARGE, "A plugin writes files of at most "
                        + limit + " bytes (objectos.plugins.files.largest)");
            }
            room.take(read, allowed);
            out.write(chunk, 0, read);
        }
    }

    @Override
    public boolean delete(String path) throws IOException {
        Path place = place(path);
        if (place.equals(root)) {
            throw denied(path, "it is the plugin's own folder");
        }
        long size = FileRoom.size(place);
        boolean there = Files.deleteIfExists(place);
        if (there) {
            room.give(size);
        }
        return there;
    }

    @Override
    public List<Entry> list(String folder) throws IOException {
        Path place = place(folder);
        if (!Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
            return List.of();
        }
        var entries = new ArrayList<Entry>();
        try (Stream<Path> found = Files.list(place)) {
            for (Path file : found.toList()) {
                BasicFileAttributes is = Files.readAttributes(file, BasicFileAttributes.class,
                        LinkOption.NOFOLLOW_LINKS);
                boolean draft = String.valueOf(file.getFileName()).startsWith(DRAFT);
                if (!draft && (is.isRegularFile() || is.isDirectory())) {
                    entries.add(new Entry(root.relativize(file).toString().replace('\\', '/'), is.isDirectory(),
                            is.isDirectory() ? 0 : is.size(), is.lastModifiedTime().toInstant()));
                }
            }
        }
        entries.sort(Comparator.comparing(Entry::path));
        return entries;
    }

    private Path place(String path) {
        if (path.startsWith("/") || FORBIDDEN.matcher(path).find()) {
            throw denied(path, "a path is relative to the plugin's folder, with / between its parts");
        }
        List<String> parts = parts(path);
        if (parts.contains("..") || parts.stream().anyMatch(part -> part.startsWith(DRAFT))) {
            throw denied(path, "a path does not lead upwards, nor to what is being written");
        }
        if (approved.stream().noneMatch(allowed -> isBelow(parts, allowed))) {
            throw denied(path,
                    "its manifest must ask for the file, or a folder above it, under permissions.files, and an "
                            + "administrator approve that");
        }
        Path place = root;
        requireNoLink(path, place);
        for (String part : parts) {
            place = place.resolve(part);
            requireNoLink(path, place);
        }
        return place;
    }

    private void requireNoLink(String path, Path place) {
        if (Files.isSymbolicLink(place)) {
            throw denied(path, "a link is not followed");
        }
    }

    private static boolean isBelow(List<String> parts, List<String> allowed) {
        return parts.size() >= allowed.size() && parts.subList(0, allowed.size()).equals(allowed);
    }

    /** Without those that mean nothing. */
    private static List<String> parts(String path) {
        return Stream.of(path.split("/", -1)).filter(part -> !part.isEmpty() && !part.equals(".")).toList();
    }

    private PlatformException denied(String path, String why) {
        return new PlatformException(RuntimeError.PERMISSION_DENIED,
                "The plugin " + plugin + " may not use the file '" + FORBIDDEN.matcher(path).replaceAll("?") + "': "
                        + why);
    }
}
