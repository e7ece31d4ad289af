package dev.objectos.runtime.plugin.trust;

import dev.objectos.runtime.metadata.MetadataSource;
import dev.objectos.runtime.metadata.Violation;
import dev.objectos.runtime.plugin.manifest.ManifestReader;
import dev.objectos.runtime.plugin.manifest.ManifestReading;
import dev.objectos.runtime.plugin.manifest.PluginManifest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The content of a plugin, read once, checked, and from then on independent of the file that it came from: classes and
 * resources are taken from here, so nobody can swap them after the check. Opening a package runs nothing of it.
 */
public final class PluginPackage {

    private static final Logger LOG = LoggerFactory.getLogger(PluginPackage.class);

    /** How far the clocks of a signer and of a server may be apart. */
    private static final Duration SKEW = Duration.ofMinutes(5);

    private final String origin;
    private final PluginManifest manifest;
    private final List<Violation> warnings;
    private final @Nullable Signer signer;
    private final Map<String, byte[]> files;
    private final byte @Nullable [] archive;

    private PluginPackage(String origin, Map<String, byte[]> files, byte @Nullable [] archive, TrustStore store,
            TrustMode mode) {
        ContentRules.check(files, PackageLimits.DEFAULT);
        this.origin = origin;
        this.files = Collections.unmodifiableMap(new LinkedHashMap<>(files));
        this.archive = archive;
        SignatureFile signature = signature(files.get(SignatureFile.PATH), mode);
        TrustedKey key = signature == null ? null : verify(signature, files, store);
        ManifestReading reading = read(origin, files);
        this.warnings = reading.warnings();
        this.manifest = usable(reading);
        this.signer = signature == null || key == null
                ? null
                : new Signer(key.keyId(), key.publisher(), signature.signedAt());
        if (key == null) {
            acceptUnsigned();
        } else if (!key.publisher().equals(manifest.about().publisher())) {
            throw PackageRefusedException.untrusted("the manifest names the publisher '"
                    + manifest.about().publisher() + "', but the key " + key.keyId() + " belongs to '"
                    + key.publisher() + "'");
        }
    }

    /**
     * Opens a jar or zip; in development mode also a folder of YAML.
     *
     * @throws PackageRefusedException naming what is wrong with it
     * @throws UncheckedIOException where it cannot be read
     */
    public static PluginPackage open(Path path, TrustStore store, TrustMode mode) {
        String origin = String.valueOf(path.getFileName());
        if (Files.isDirectory(path)) {
            if (mode == TrustMode.STRICT) {
                throw PackageRefusedException.untrusted("a folder cannot be signed, and this server opens signed "
                        + "packages alone; pack and sign it, or set OBJECTOS_TRUST=development");
            }
            return new PluginPackage(origin, FolderReader.read(path, PackageLimits.DEFAULT), null, store, mode);
        }
        return open(origin, read(path), store, mode);
    }

    /**
     * Opens a jar or zip that is in memory.
     *
     * @param origin names it in messages
     */
    public static PluginPackage open(String origin, byte[] archive, TrustStore store, TrustMode mode) {
        byte[] own = archive.clone();
        return new PluginPackage(origin, ZipReader.read(own, PackageLimits.DEFAULT), own, store, mode);
    }

    /** One byte more than is allowed tells that there is too much. */
    static byte[] read(Path file) {
        try (InputStream input = Files.newInputStream(file)) {
            return input.readNBytes(PackageLimits.DEFAULT.archive() + 1);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    static ManifestReading read(String origin, Map<String, byte[]> files) {
        byte[] manifest = files.getOrDefault(PluginManifest.PATH, new byte[0]);
        return ManifestReader.read(origin + "!" + PluginManifest.PATH, manifest,
                () -> MetadataSource.of(origin, files));
    }

    static PluginManifest usable(ManifestReading reading) {
        PluginManifest manifest = reading.manifest();
        if (manifest == null) {
            throw PackageRefusedException.invalid(reading.errors());
        }
        return manifest;
    }

    private static @Nullable SignatureFile signature(byte @Nullable [] content, TrustMode mode) {
        if (content != null) {
            return SignatureFile.parse(content);
        }
        return switch (mode) {
            case DEVELOPMENT -> null;
            case STRICT -> throw PackageRefusedException.untrusted("the package is not signed (it has no "
                    + SignatureFile.PATH + "); its publisher signs it with ./objectos plugin sign FILE --key KEY");
        };
    }

    private static TrustedKey verify(SignatureFile signature, Map<String, byte[]> files, TrustStore store) {
        TrustedKey key = store.key(signature.keyId())
                .orElseThrow(() -> PackageRefusedException.untrusted("the package is signed with the unknown key "
                        + signature.keyId() + "; if its publisher is to be trusted, add their key with ./objectos "
                        + "plugin trust FILE.pub"));
        Instant now = store.now();
        key.checkUse(signature.signedAt(), now);
        if (!Ed25519Keys.isSignedBy(signature.listing(), signature.signature(), key.key())) {
            throw PackageRefusedException.untrusted("the signature in " + SignatureFile.PATH
                    + " is wrong: the listing was changed after it was signed, or another key signed it");
        }
        if (signature.signedAt().isAfter(now.plus(SKEW))) {
            throw PackageRefusedException.untrusted("the package says that it is signed in the future, at "
                    + signature.signedAt() + "; look at the clocks");
        }
        signature.checkContents(files);
        return key;
    }

    private void acceptUnsigned() {
        if (manifest.tier().needsSignature()) {
            throw PackageRefusedException.untrusted(
                    "the package is not signed, and a plugin of the tier pro runs signed or not at all, in "
                            + "development too");
        }
        LOG.warn("Plugin {} {} from {} IS NOT SIGNED. It is used because OBJECTOS_TRUST=development; anybody who can "
                + "write that file decides what this server runs", manifest.id(), manifest.version(), origin);
    }

    public PluginManifest manifest() {
        return manifest;
    }

    /** What is doubtful in the manifest. */
    public List<Violation> warnings() {
        return warnings;
    }

    /** Who signed it; empty for what is unsigned, which only development mode opens. */
    public Optional<Signer> signer() {
        return Optional.ofNullable(signer);
    }

    /** The name of the file or folder that it came from. */
    public String origin() {
        return origin;
    }

    /** The names of all files, as the package orders them. */
    public Set<String> names() {
        return files.keySet();
    }

    /** A copy of a file's content. */
    public Optional<byte[]> content(String name) {
        return Optional.ofNullable(files.get(name)).map(byte[]::clone);
    }

    /** Whether it brings code. */
    public boolean hasClasses() {
        return names().stream().anyMatch(name -> name.endsWith(".class"));
    }

    /** What it brings to the catalog. */
    public MetadataSource metadata() {
        return MetadataSource.of(manifest.id(), files);
    }

    /** A copy of the jar or zip as it was read, to be kept; empty for a folder. */
    public Optional<byte[]> archive() {
        return Optional.ofNullable(archive).map(byte[]::clone);
    }

    /** SHA-256 of the jar or zip in hexadecimal, by which two packages are told apart; empty for a folder. */
    public Optional<String> digest() {
        return Optional.ofNullable(archive).map(bytes -> HexFormat.of().formatHex(Ed25519Keys.sha256(bytes)));
    }
}
