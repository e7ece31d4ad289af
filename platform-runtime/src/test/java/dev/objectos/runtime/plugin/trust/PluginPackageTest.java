package dev.objectos.runtime.plugin.trust;

import static dev.objectos.runtime.plugin.trust.TestingPackages.CLOCK;
import static dev.objectos.runtime.plugin.trust.TestingPackages.files;
import static dev.objectos.runtime.plugin.trust.TestingPackages.signed;
import static dev.objectos.runtime.plugin.trust.TestingPackages.text;
import static dev.objectos.runtime.plugin.trust.TestingPackages.with;
import static dev.objectos.runtime.plugin.trust.TestingPackages.zip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.objectos.runtime.metadata.MetadataFile;
import dev.objectos.runtime.plugin.manifest.PluginManifest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginPackageTest {

    private static final byte[] SIGNED = zip(signed(files()));

    @TempDir
    private Path folder;

    @Test
    void opensWhatATrustedPublisherSigned() throws IOException {
        Path file = folder.resolve("acme-points.jar");
        Files.write(file, SIGNED);
        PluginPackage opened = PluginPackage.open(file, trust(), TrustMode.STRICT);
        Files.write(file, text("swapped meanwhile"));
        assertThat(opened.manifest().id()).isEqualTo("acme-points");
        assertThat(opened.signer().orElseThrow().publisher()).isEqualTo("Acme");
        assertThat(opened.origin()).isEqualTo("acme-points.jar");
        assertThat(opened.names()).containsExactlyElementsOf(signed(files()).keySet());
        assertThat(opened.content("com/acme/Points.class")).contains(files().get("com/acme/Points.class"));
        assertThat(opened.content("missing")).isEmpty();
        assertThat(opened.archive()).contains(SIGNED);
        assertThat(opened.digest().orElseThrow()).hasSize(64);
        assertThat(opened.hasClasses()).isTrue();
        assertThat(opened.warnings()).isEmpty();
        assertThat(opened.metadata().plugin()).isEqualTo("acme-points");
        assertThat(opened.metadata().files()).extracting(MetadataFile::path)
                .containsExactly("objects/points.object.yml");
    }

    @Test
    void whatItHandsOutCannotChangeIt() {
        PluginPackage opened = PluginPackage.open("a.jar", SIGNED, trust(), TrustMode.STRICT);
        opened.content(PluginManifest.PATH).orElseThrow()[0] = 'X';
        opened.archive().orElseThrow()[0] = 'X';
        opened.metadata().files().getFirst().content()[0] = 'X';
        assertThat(opened.content(PluginManifest.PATH)).contains(text(TestingPackages.MANIFEST));
        assertThat(opened.archive()).contains(SIGNED);
        assertThat(opened.metadata().files().getFirst().content()[0]).isEqualTo((byte) 'l');
    }

    @Test
    void opensJarsThatTheJdkWrites() throws IOException {
        var manifest = new Manifest();
        manifest.getMainAttributes().putValue("Manifest-Version", "1.0");
        var bytes = new ByteArrayOutputStream();
        try (var jar = new JarOutputStream(bytes, manifest)) {
            for (Map.Entry<String, byte[]> file : files().entrySet()) {
                if (!file.getKey().equals("META-INF/MANIFEST.MF")) {
                    jar.putNextEntry(new JarEntry(file.getKey()));
                    jar.write(file.getValue());
                }
            }
            jar.putNextEntry(new JarEntry("translations/"));
        }
        assertThat(PluginPackage.open("a.jar", bytes.toByteArray(), trust(), TrustMode.DEVELOPMENT).signer()).isEmpty();
        byte[] signed = signer().sign("a.jar", bytes.toByteArray()).archive();
        PluginPackage opened = PluginPackage.open("a.jar", signed, trust(), TrustMode.STRICT);
        assertThat(opened.signer().orElseThrow().keyId())
                .isEqualTo(Ed25519Keys.keyId(TestingPackages.ACME.getPublic()));
        assertThat(signer().sign("a.jar", signed).archive()).isEqualTo(signed);
    }

    @Test
    void signsNothingThatWouldBeRefused() {
        assertThatExceptionOfType(PackageRefusedException.class)
                .isThrownBy(() -> signer().sign("a.jar", zip(with("lib/inner.jar", "x"))))
                .withMessageContaining("archive inside");
        assertThatExceptionOfType(PackageRefusedException.class)
                .isThrownBy(() -> signer().sign("a.jar", zip(with(PluginManifest.PATH, "id: a\nversion: 1.0.0\n"))))
                .withMessageContaining("names no publisher");
        assertThatExceptionOfType(PackageRefusedException.class)
                .isThrownBy(() -> signer().sign("a.jar", zip(with(PluginManifest.PATH, "id: a\n"))))
                .withMessageContaining("needs 'version'");
    }

    @Test
    void opensAFolderInDevelopmentAlone() throws IOException {
        Path plugin = plugin("id: acme-points\nversion: 1.0.0\n");
        Files.writeString(plugin.resolve(".hidden"), "x");
        PluginPackage opened = PluginPackage.open(plugin, trust(), TrustMode.DEVELOPMENT);
        assertThat(opened.names()).containsExactly(PluginManifest.PATH, "objects/points.object.yml");
        assertThat(opened.archive()).isEmpty();
        assertThat(opened.digest()).isEmpty();
        assertThatExceptionOfType(PackageRefusedException.class)
                .isThrownBy(() -> PluginPackage.open(plugin, trust(), TrustMode.STRICT))
                .withMessageContaining("a folder cannot be signed");
    }

    @Test
    void refusesInAFolderWhatOnlyAJarMayHave() throws IOException {
        Path plugin = plugin("id: acme-points\nversion: 1.0.0\ntier: pro\n");
        refused(plugin, "signed or not at all");
        Path secret = Files.writeString(folder.resolve("secret"), "x");
        Path link = Files.createSymbolicLink(plugin.resolve("objects/link.yml"), secret);
        refused(plugin, "objects/link.yml is a symbolic link");
        Files.delete(link);
        Path code = Files.writeString(plugin.resolve("Evil.class"), "x");
        refused(plugin, "Evil.class is a class");
        Files.delete(code);
        Files.writeString(plugin.resolve(SignatureFile.PATH), "x");
        refused(plugin, "a folder cannot be signed");
    }

    /** Whatever byte of a signed package is changed, it is refused, or its content is the same. */
    @Property(tries = 3000)
    void aChangedByteIsRefusedOrWithoutEffect(@ForAll @IntRange(max = 1_000_000) int place,
            @ForAll @IntRange(min = 1, max = 255) int change) {
        byte[] zip = SIGNED.clone();
        zip[place % zip.length] ^= (byte) change;
        PluginPackage opened;
        try {
            opened = PluginPackage.open("a.jar", zip, STORE, TrustMode.STRICT);
        } catch (PackageRefusedException _) {
            return;
        }
        assertThat(opened.names()).containsExactlyInAnyOrderElementsOf(signed(files()).keySet());
        files().forEach((name, content) -> assertThat(opened.content(name)).contains(content));
    }

    private static final TrustStore STORE = store();

    private static TrustStore store() {
        try {
            Path folder = Files.createTempDirectory("trust");
            try {
                return TestingPackages.trust(folder, "");
            } finally {
                Files.delete(folder.resolve("acme.yml"));
                Files.delete(folder);
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static TrustStore trust() {
        return STORE;
    }

    private static PackageSigner signer() {
        return new PackageSigner(TestingPackages.ACME, CLOCK);
    }

    private Path plugin(String manifest) throws IOException {
        Path plugin = folder.resolve("acme-points");
        Files.createDirectories(plugin.resolve("META-INF/objectos"));
        Files.createDirectories(plugin.resolve("objects"));
        Files.writeString(plugin.resolve(PluginManifest.PATH), manifest);
        Files.writeString(plugin.resolve("objects/points.object.yml"), "label: Points\n");
        return plugin;
    }

    private static void refused(Path plugin, String reason) {
        assertThatExceptionOfType(PackageRefusedException.class)
                .isThrownBy(() -> PluginPackage.open(plugin, trust(), TrustMode.DEVELOPMENT))
                .withMessageContaining(reason);
    }
}
