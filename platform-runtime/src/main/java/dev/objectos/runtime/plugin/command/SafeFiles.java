package dev.objectos.runtime.plugin.command;

import dev.objectos.runtime.spi.KeyFile;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.HashSet;
import java.util.Set;

/** Files that are never half written, and never readable by others before they are closed to them. */
final class SafeFiles {

    private SafeFiles() {}

    /** Puts a content in the place of a file at once, with the rights that the file had. */
    static void replace(Path file, byte[] content) throws IOException {
        Path target = file.toRealPath();
        Path draft = Files.createTempFile(target.getParent(), ".signing", null);
        try {
            Files.write(draft, content);
            if (isPosix()) {
                Files.setPosixFilePermissions(draft, Files.getPosixFilePermissions(target));
            }
            Files.move(draft, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    /** Puts a secret in the place of an earlier one, if there is one. */
    static void replacePrivate(Path file, String content) throws IOException {
        Files.deleteIfExists(file);
        KeyFile.make(file, content);
    }

    /** Lets everybody run a file who may read it. */
    static void makeExecutable(Path file) throws IOException {
        if (isPosix()) {
            Set<PosixFilePermission> permissions = new HashSet<>(Files.getPosixFilePermissions(file));
            permissions.add(PosixFilePermission.OWNER_EXECUTE);
            if (permissions.contains(PosixFilePermission.GROUP_READ)) {
                permissions.add(PosixFilePermission.GROUP_EXECUTE);
            }
            if (permissions.contains(PosixFilePermission.OTHERS_READ)) {
                permissions.add(PosixFilePermission.OTHERS_EXECUTE);
            }
            Files.setPosixFilePermissions(file, permissions);
        }
    }

    /** An empty file that nobody takes for a trusted key yet, in a folder that is made where it is missing. */
    static Path draft(Path folder) throws IOException {
        Files.createDirectories(folder);
        return Files.createTempFile(folder, ".trust", null);
    }

    private static boolean isPosix() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    }
}
