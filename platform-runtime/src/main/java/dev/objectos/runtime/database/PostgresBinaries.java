package dev.objectos.runtime.database;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HexFormat;
import java.util.Locale;
import java.util.zip.CRC32;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.springframework.util.FileSystemUtils;
import org.tukaani.xz.XZInputStream;

/** The PostgreSQL programs that travel in the jar, unpacked once per version. */
final class PostgresBinaries {

    private static final boolean WINDOWS = System.getProperty("os.name", "").startsWith("Windows");

    private PostgresBinaries() {}

    /**
     * The folder that holds {@code bin}, {@code lib} and {@code share}.
     *
     * @param parent where to unpack; what another version left there is not touched
     */
    static Path unpackedBelow(Path parent) throws IOException {
        URL archive = archive();
        Path folder = parent.resolve("postgres-" + fingerprint(archive));
        if (Files.isDirectory(folder)) {
            return folder;
        }
        Files.createDirectories(parent);
        Path fresh = Files.createTempDirectory(parent, "unpacking-");
        try {
            unpack(archive, fresh);
            moveInPlace(fresh, folder);
        } finally {
            FileSystemUtils.deleteRecursively(fresh);
        }
        return folder;
    }

    /** The file of that program. */
    static Path program(Path binaries, String name) {
        return binaries.resolve("bin").resolve(WINDOWS ? name + ".exe" : name);
    }

    private static URL archive() {
        String system = WINDOWS ? "windows" : System.getProperty("os.name", "").startsWith("Mac") ? "darwin" : "linux";
        String architecture = switch (System.getProperty("os.arch", "").toLowerCase(Locale.ROOT)) {
            case "aarch64", "arm64" -> "arm_64";
            default -> "x86_64";
        };
        String name = "postgres-" + system + "-" + architecture + ".txz";
        URL archive = PostgresBinaries.class.getResource("/" + name);
        if (archive == null) {
            throw new UnusableDatabaseException(
                    "This build brings no PostgreSQL for " + system + " on " + architecture + ".",
                    "Set OBJECTOS_DATABASE_URL, OBJECTOS_DATABASE_USER and OBJECTOS_DATABASE_PASSWORD to a PostgreSQL 18, "
                            + "or build on the machine that is to run it.",
                    null);
        }
        return archive;
    }

    private static String fingerprint(URL archive) throws IOException {
        var connection = archive.openConnection();
        connection.setUseCaches(true);
        if (connection instanceof JarURLConnection jar && jar.getJarEntry().getCrc() >= 0) {
            return HexFormat.of().toHexDigits((int) jar.getJarEntry().getCrc());
        }
        var checksum = new CRC32();
        try (InputStream content = connection.getInputStream()) {
            byte[] buffer = new byte[1 << 16];
            for (int length; (length = content.read(buffer)) >= 0;) {
                checksum.update(buffer, 0, length);
            }
        }
        return HexFormat.of().toHexDigits((int) checksum.getValue());
    }

    private static void unpack(URL archive, Path target) throws IOException {
        try (var tar = new TarArchiveInputStream(
                new XZInputStream(new BufferedInputStream(archive.openStream(), 1 << 16)))) {
            for (TarArchiveEntry entry; (entry = tar.getNextEntry()) != null;) {
                Path file = target.resolve(entry.getName()).normalize();
                if (!file.startsWith(target)) {
                    throw new IOException(entry.getName() + " leads out of the archive");
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(file);
                    continue;
                }
                Files.createDirectories(file.getParent());
                if (entry.isSymbolicLink()) {
                    Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
                } else if (entry.isLink()) {
                    Files.createLink(file, target.resolve(entry.getLinkName()).normalize());
                } else {
                    Files.copy(tar, file, StandardCopyOption.REPLACE_EXISTING);
                    if ((entry.getMode() & 0100) != 0) {
                        file.toFile().setExecutable(true, false);
                    }
                }
            }
        }
    }

    /** Two servers may unpack at the same time; the first one's folder stays. */
    private static void moveInPlace(Path fresh, Path folder) throws IOException {
        fresh.toFile().setReadable(true, false);
        fresh.toFile().setExecutable(true, false);
        try {
            Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            if (!Files.isDirectory(folder)) {
                throw e;
            }
        }
    }
}
