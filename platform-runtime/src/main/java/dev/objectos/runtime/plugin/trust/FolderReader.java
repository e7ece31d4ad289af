package dev.objectos.runtime.plugin.trust;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.TreeMap;

/** Reads a folder as if it were a package; hidden files are left out, links and classes refused. */
final class FolderReader extends SimpleFileVisitor<Path> {

    private final Path root;
    private final PackageLimits limits;
    private final Map<String, byte[]> files = new TreeMap<>();
    private long total;

    private FolderReader(Path root, PackageLimits limits) {
        this.root = root;
        this.limits = limits;
    }

    static Map<String, byte[]> read(Path root, PackageLimits limits) {
        var reader = new FolderReader(root, limits);
        try {
            Files.walkFileTree(root, reader);
        } catch (IOException e) {
            throw new UncheckedIOException("the folder " + root + " cannot be read: " + e.getMessage(), e);
        }
        EntryNames.checkTogether(reader.files.keySet());
        if (reader.files.containsKey(SignatureFile.PATH)) {
            throw PackageRefusedException.malformed("a folder cannot be signed; remove " + SignatureFile.PATH);
        }
        return reader.files;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
        return !folder.equals(root) && isHidden(folder) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
        if (isHidden(file)) {
            return FileVisitResult.CONTINUE;
        }
        String name = root.relativize(file).toString().replace(file.getFileSystem().getSeparator(), "/");
        EntryNames.check(name);
        if (!attributes.isRegularFile()) {
            throw PackageRefusedException
                    .malformed(name + " is a symbolic link or something else that is no plain file");
        }
        if (name.endsWith(".class")) {
            throw PackageRefusedException
                    .forbidden("a folder holds YAML alone, but " + name + " is a class; pack the plugin as a jar");
        }
        // One byte more tells of a file that grew, and a link that took its place meanwhile is not followed.
        try (InputStream input = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            byte[] content = input.readNBytes(limits.entry() + 1);
            limits.checkEntry(name, content.length, content.length);
            total += content.length;
            limits.checkTotal(total);
            files.put(name, content);
            limits.checkCount(files.size());
        }
        return FileVisitResult.CONTINUE;
    }

    private static boolean isHidden(Path path) {
        return String.valueOf(path.getFileName()).startsWith(".");
    }
}
