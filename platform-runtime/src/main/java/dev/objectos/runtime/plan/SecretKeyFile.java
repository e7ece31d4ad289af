package dev.objectos.runtime.plan;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** The key that secret fields are sealed with: configured, or kept in a file that only the server's account can read. */
public final class SecretKeyFile {

    private static final int KEY_BYTES = 32;
    private static final String NAME = "secret.key";

    private SecretKeyFile() {}

    /** @param configured 32 bytes in Base64, for installations of several nodes */
    public static SecretKey configured(String configured) {
        byte[] bytes = Base64.getDecoder().decode(configured.strip());
        if (bytes.length != KEY_BYTES) {
            throw new IllegalArgumentException("The key for secret fields has " + bytes.length + " bytes; it must have "
                    + KEY_BYTES + ", written in Base64");
        }
        return new SecretKeySpec(bytes, "AES");
    }

    /** The key in that folder; made on first use. Losing the file loses the secrets. */
    public static SecretKey in(Path home) {
        Path file = home.resolve(NAME);
        try {
            if (!Files.exists(file)) {
                create(home, file);
            }
            return configured(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void create(Path home, Path file) throws IOException {
        byte[] bytes = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(bytes);
        Files.createDirectories(home);
        boolean posix = home.getFileSystem().supportedFileAttributeViews().contains("posix");
        Path fresh = posix
                ? Files.createTempFile(home, NAME, ".new",
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))
                : Files.createTempFile(home, NAME, ".new");
        try {
            Files.writeString(fresh, Base64.getEncoder().encodeToString(bytes), StandardOpenOption.WRITE);
            Files.createLink(file, fresh);
        } catch (FileAlreadyExistsException _) {
            // Another start was first; its key counts.
        } finally {
            Files.deleteIfExists(fresh);
        }
    }
}
