package dev.objectos.runtime.plugin.trust;

import dev.objectos.runtime.plugin.manifest.PluginManifest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Clock;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Signs packages; what a server would refuse is refused here already. */
public final class PackageSigner {

    /** Times of files are not signed, so all have the same: equal files make equal packages. */
    private static final LocalDateTime TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    private final KeyPair key;
    private final Clock clock;

    /** @param key both halves of a publisher's key */
    PackageSigner(KeyPair key, Clock clock) {
        this.key = key;
        this.clock = clock;
    }

    /**
     * A package that was signed.
     *
     * @param archive the jar or zip, written anew
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Signed(PluginManifest manifest, byte[] archive, int files) {}

    /**
     * What a file holds with a signature; the file stays as it is.
     *
     * @throws PackageRefusedException where no server would open it
     * @throws UncheckedIOException where it cannot be read
     */
    public Signed sign(Path file) {
        return sign(String.valueOf(file.getFileName()), PluginPackage.read(file));
    }

    /**
     * The same files with a signature, in place of an earlier one.
     *
     * @param origin names the package in messages
     * @throws PackageRefusedException where no server would open it
     */
    public Signed sign(String origin, byte[] archive) {
        Map<String, byte[]> files = new LinkedHashMap<>(ZipReader.read(archive, PackageLimits.DEFAULT));
        files.remove(SignatureFile.PATH);
        ContentRules.check(files, PackageLimits.DEFAULT);
        PluginManifest manifest = PluginPackage.usable(PluginPackage.read(origin, files));
        if (manifest.about().publisher().isEmpty()) {
            throw PackageRefusedException.invalid(
                    "the manifest names no publisher; add publisher: with the name that the key's owner goes by");
        }
        int count = files.size();
        files.put(SignatureFile.PATH, SignatureFile.sign(files, key, clock.instant()));
        return new Signed(manifest, zip(files), count);
    }

    private static byte[] zip(Map<String, byte[]> files) {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                var entry = new ZipEntry(file.getKey());
                entry.setTimeLocal(TIME);
                zip.putNextEntry(entry);
                zip.write(file.getValue());
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
