package dev.objectos.runtime.metadata;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumSet;

/** A walk through a folder of metadata: what is hidden is passed by, and what vanishes on the way is not there. */
public final class FolderWalk extends SimpleFileVisitor<Path> {

    private final Path root;
    private final Visit folder;
    private final Visit file;

    private FolderWalk(Path root, Visit folder, Visit file) {
        this.root = root;
        this.folder = folder;
        this.file = file;
    }

    /** What is done with a folder or file. */
    @FunctionalInterface
    public interface Visit {

        void accept(Path path) throws IOException;
    }

    /** Also through links, as people lay out releases; a link back to where it comes from is passed by. */
    public static void throughLinks(Path root, Visit folder, Visit file) throws IOException {
        Files.walkFileTree(root, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE,
                new FolderWalk(root, folder, file));
    }

    /** Into no folder but those inside. */
    static void inside(Path root, Visit file) throws IOException {
        Files.walkFileTree(root, new FolderWalk(root, _ -> {}, file));
    }

    @Override
    public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) throws IOException {
        if (!path.equals(root) && hidden(path)) {
            return FileVisitResult.SKIP_SUBTREE;
        }
        folder.accept(path);
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) throws IOException {
        if (!hidden(path)) {
            try {
                file.accept(path);
            } catch (NoSuchFileException e) {
                return visitFileFailed(path, e);
            }
        }
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path path, IOException failure) throws IOException {
        boolean gone = failure instanceof NoSuchFileException && !path.equals(root);
        if (gone || failure instanceof FileSystemLoopException) {
            return FileVisitResult.CONTINUE;
        }
        throw failure;
    }

    private static boolean hidden(Path path) {
        Path name = path.getFileName();
        return name != null && name.toString().startsWith(".");
    }
}
