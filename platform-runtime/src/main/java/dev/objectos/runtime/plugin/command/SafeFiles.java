package dev.objectos.runtime.plugin.command;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;

/** Files that are never half written, and never readable by others before they are closed to them. */
final class SafeFiles {

    private SafeFiles() {}

    /** Makes a file that only its owner may read; one that is there is not touched. */
    static void writePrivate(Path file, String content) throws IOException {
        FileAttribute<?>[] attributes = isPosix()
                ? new FileAttribute<?>[]{
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))}
                : new FileAttribute<?>[0];
        try (SeekableByteChannel channel = Files.newByteChannel(file,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), attributes)) {
            ByteBuffer bytes = ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }
    }

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
        Files.createDirectories(Objects.requireNonNull(file.toAbsolutePath().getParent()));
        Files.deleteIfExists(file);
        writePrivate(file, content);
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
