package dev.objectos.runtime.spi;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.function.Supplier;

/** Files with keys: readable by the account alone that makes them, never half written and never written twice. */
public final class KeyFile {

    private KeyFile() {}

    /**
     * The text in a file; made on first use, with its folder. Of several that start together one makes it, and all read that.
     *
     * @param fresh the text of a new key
     */
    public static String read(Path file, Supplier<String> fresh) {
        try {
            if (!Files.exists(file)) {
                try {
                    make(file, fresh.get());
                } catch (FileAlreadyExistsException _) {
                    // Another start was first; its key counts.
                }
            }
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws FileAlreadyExistsException where there is a file of that name, which is not touched */
    public static void make(Path file, String text) throws IOException {
        Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent());
        Files.createDirectories(folder);
        String name = String.valueOf(file.getFileName());
        Path draft = file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? Files.createTempFile(folder, name, ".new",
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))
                : Files.createTempFile(folder, name, ".new");
        try {
            Files.writeString(draft, text, StandardOpenOption.WRITE);
            // Fails where the name is taken, which a move would not.
            Files.createLink(file, draft);
        } finally {
            Files.deleteIfExists(draft);
        }
    }
}
