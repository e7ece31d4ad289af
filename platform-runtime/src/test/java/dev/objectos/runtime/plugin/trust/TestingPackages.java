package dev.objectos.runtime.plugin.trust;

import dev.objectos.runtime.plugin.manifest.PluginManifest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;

/** A package of the publisher Acme, and the keys around it. */
final class TestingPackages {

    static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    static final KeyPair ACME = Ed25519Keys.generate();
    static final String MANIFEST = "id: acme-points\nversion: 1.0.0\npublisher: Acme\nprovides: {objects: [points]}\n";

    private TestingPackages() {}

    /** The files of a package that nothing is wrong with. */
    static Map<String, byte[]> files() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("META-INF/MANIFEST.MF", text("Manifest-Version: 1.0\n"));
        files.put(PluginManifest.PATH, text(MANIFEST));
        files.put("objects/points.object.yml", text("label: Points\nfields: {name: {type: text}}\n"));
        files.put("com/acme/Points.class", new byte[]{(byte) 0xCA, (byte) 0xFE, (byte) 0xBA, (byte) 0xBE});
        return files;
    }

    static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static Map<String, byte[]> with(String name, String content) {
        Map<String, byte[]> files = files();
        files.put(name, text(content));
        return files;
    }

    /** With Acme's signature over whatever is there, right or wrong. */
    static Map<String, byte[]> signed(Map<String, byte[]> files) {
        return signed(files, ACME, NOW.minus(Duration.ofDays(1)));
    }

    static Map<String, byte[]> signed(Map<String, byte[]> files, KeyPair key, Instant at) {
        Map<String, byte[]> signed = new LinkedHashMap<>(files);
        signed.put(SignatureFile.PATH, SignatureFile.sign(files, key, at));
        return signed;
    }

    static byte[] zip(Map<String, byte[]> files) {
        return TestingZip.of(files).bytes();
    }

    /** Trusts Acme's key, with further lines of its entry. */
    static TrustStore trust(Path folder, String more) {
        try {
            Files.writeString(folder.resolve("acme.yml"), entry(ACME, "Acme", more));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return TrustStore.read(folder, CLOCK);
    }

    static String entry(KeyPair key, String publisher, String more) {
        return "keyId: '" + Ed25519Keys.keyId(key.getPublic()) + "'\npublisher: " + publisher + "\npublicKey: "
                + Ed25519Keys.base64(key.getPublic()) + "\n" + more;
    }
}
