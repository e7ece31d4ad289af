package dev.objectos.runtime.plugin.trust;

import static dev.objectos.runtime.plugin.trust.TestingPackages.ACME;
import static dev.objectos.runtime.plugin.trust.TestingPackages.NOW;
import static dev.objectos.runtime.plugin.trust.TestingPackages.files;
import static dev.objectos.runtime.plugin.trust.TestingPackages.signed;
import static dev.objectos.runtime.plugin.trust.TestingPackages.text;
import static dev.objectos.runtime.plugin.trust.TestingPackages.with;
import static dev.objectos.runtime.plugin.trust.TestingPackages.zip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.objectos.runtime.plugin.manifest.PluginManifest;
import dev.objectos.runtime.plugin.trust.PackageRefusedException.Reason;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Packages that somebody made on purpose: each is refused, and the refusal says why. */
class HostilePackagesTest {

    private static final String OBJECT = "objects/points.object.yml";

    @TempDir
    private Path trust;

    @ParameterizedTest(name = "{0}")
    @MethodSource({"liars", "names", "contents", "changed", "manifests"})
    void refuses(String what, byte[] zip, Reason reason, String text) {
        assertThatExceptionOfType(PackageRefusedException.class).as(what).isThrownBy(() -> open(zip, TrustMode.STRICT))
                .withMessageContaining(text).satisfies(e -> assertThat(e.reason()).isEqualTo(reason));
    }

    /** Archives that mean different things to different readers, or are none. */
    static Stream<Arguments> liars() {
        byte[] good = zip(signed(files()));
        return Stream.of( //
                malformed("no zip", text("plainly no zip, just text"), "the file is no zip"), //
                malformed("an empty file", new byte[0], "the file is no zip"), //
                malformed("cut off", Arrays.copyOf(good, good.length - 30), "does not end with its directory"), //
                malformed("with something appended", lie(zip -> zip.after = text("tail")), "appended to it"), //
                malformed("with a script before it", lie(zip -> zip.before = text("#!/bin/sh\n")), "put before"), //
                malformed("with a script before it that its offsets know of", lie(zip -> {
                    zip.before = text("#!/bin/sh\n");
                    zip.offsetsFromTheVeryStart = true;
                }), "something stands before the first entry"), //
                malformed("with a comment", end(good, 20, 1), "has a comment"), //
                malformed("split", end(good, 4, 1), "is split"), //
                malformed("in the ZIP64 format", end(end(good, 8, 0xFFFF), 10, 0xFFFF), "ZIP64"), //
                malformed("a name in another encoding", lie(zip -> {
                    TestingZip.Part part = zip.add("obj\u00e9cts.yml", "x");
                    part.flags = 0;
                    part.localFlags = 0;
                }), "is not marked as UTF-8"), //
                malformed("with a gap between entries", lie(zip -> zip.part(OBJECT).trailer = text("gap")),
                        "between the entries"), //
                malformed("with a gap before the directory", lie(zip -> zip.beforeDirectory = text("gap")),
                        "between the entries of the zip and its directory"), //
                malformed("with a hidden entry", hidden(), "between the entries"), //
                malformed("directory and entry disagree on the name",
                        lie(zip -> zip.part(OBJECT).localName = "objects/pointz.object.yml"), "say different things"), //
                malformed("directory and entry disagree on flags", lie(zip -> zip.part(OBJECT).localFlags = 0),
                        "say different things"), //
                malformed("a wrong checksum", lie(zip -> zip.part(OBJECT).crcChange = 1), "is damaged"), //
                malformed("a content shorter than it says", lie(zip -> zip.part(OBJECT).claimedSize = 4000),
                        "is damaged"), //
                malformed("a content longer than it says", lie(zip -> zip.part(OBJECT).claimedSize = 3), "is damaged"), //
                malformed("encrypted", lie(zip -> zip.part(OBJECT).flags = 1 | 1 << 11), "is encrypted"), //
                malformed("packed by a method that the JDK lacks", lie(zip -> zip.part(OBJECT).method = 14),
                        "unknown method 14"), //
                malformed("an extra field that renames", lie(
                        zip -> zip.part(OBJECT).extra = new byte[]{0x75, 0x70, 1, 0, 1}), "extra fields"), //
                malformed("more entries claimed than there are", lie(zip -> zip.claimedEntries = 1),
                        "does not hold the 6 entries"), //
                malformed("fewer entries claimed than there are", lie(zip -> zip.claimedEntries = -1),
                        "does not hold the 4 entries"), //
                malformed("a symbolic link", lie(zip -> zip.part(OBJECT).mode = 0xA1FF), "is a symbolic link"), //
                malformed("a device", lie(zip -> zip.part(OBJECT).mode = 0x21FF), "neither a file nor a folder"), //
                malformed("a folder with a content", lie(zip -> zip.add("objects/", "content")), "has a content"), //
                tooLarge("a bomb", lie(zip -> zip.add("bomb.txt", new byte[30 << 20])), "as zip bombs do"), //
                tooLarge("a file beyond the limit", lie(zip -> zip.with("big", part -> part.claimedSize = 40 << 20)),
                        "more than the 33554432 allowed"), //
                tooLarge("too many entries", many(), "more than the 20000 allowed"));
    }

    static Stream<Arguments> names() {
        return Stream.of( //
                name("../evil.yml", "leads out of the package"), //
                name("objects/../../evil.yml", "leads out of the package"), //
                name("./evil.yml", "leads out of the package"), //
                name("objects//evil.yml", "leads out of the package"), //
                name("/etc/cron.d/evil", "is absolute"), //
                name("objects\\evil.yml", "has a backslash"), //
                name("C:/evil.yml", "has a colon"), //
                name("evil\n.yml", "has a control character"), //
                name("evil\u202Elmy.yml", "has a control character"), //
                name("evil. /a.yml", "some systems drop"), //
                name("e\u0301vil.yml", "normal form"), //
                name("x".repeat(600), "longer than"), //
                malformed("an entry twice", lie(zip -> zip.add(OBJECT, "label: Other\n")), "is there twice"), //
                malformed("names that differ in case", lie(zip -> zip.add("objects/Points.object.yml", "a: b")),
                        "differ in letter case alone"), //
                malformed("a file below a file", lie(zip -> zip.add(OBJECT + "/x", "a")), "stands below a file"));
    }

    static Stream<Arguments> contents() {
        return Stream.of( //
                forbidden("lib/inner.jar", "x", "an archive inside the package"), //
                forbidden("lib/inner.bin", "PK\u0003\u0004", "an archive inside the package"), //
                forbidden("META-INF/versions/25/com/acme/Points.class", "x", "one release of Java alone"), //
                forbidden("META-INF/services/java.security.Provider", "com.acme.P", "the Java platform itself"), //
                forbidden("META-INF/services/jdk.internal.Any", "com.acme.P", "the Java platform itself"), //
                forbidden("dev/objectos/runtime/spi/Evil.class", "x", "dev.objectos.runtime, which is the server's"), //
                forbidden("java/lang/Evil.class", "x", "the package java, which is the server's own"), //
                forbidden("org/springframework/Evil.class", "x", "org.springframework, which is the server's own"), //
                forbidden("BOOT-INF/lib/x", "x", "a whole application"), //
                forbidden("META-INF/MANIFEST.MF", "Manifest-Version: 1.0\nClass-Path: http://evil.example/x.jar\n",
                        "has Class-Path"), //
                forbidden("META-INF/MANIFEST.MF", "Manifest-Version: 1.0\nmulti-release: true\n", "has Multi-Release"), //
                forbidden("META-INF/MANIFEST.MF", "Manifest-Version: 1.0\nLauncher-Agent-Class: Evil\n",
                        "has Launcher-Agent-Class"), //
                forbidden("META-INF/MANIFEST.MF", "Manifest-Version: 1.0\n\nName: a/\nClass-Path: b\n",
                        "has Class-Path"), //
                malformed("a manifest that is none", zip(signed(with("META-INF/MANIFEST.MF", "no colon\n"))),
                        "cannot be read"));
    }

    /** Right when it was signed, and not as it was signed. */
    static Stream<Arguments> changed() {
        return Stream.of( //
                untrusted("not signed", files(), "the package is not signed"), //
                untrusted("a changed file", after(files -> files.put(OBJECT, text("label: Evil\n"))),
                        OBJECT + " was changed"), //
                untrusted("a changed class", after(files -> files.put("com/acme/Points.class", text("evil"))),
                        "com/acme/Points.class was changed"), //
                untrusted("an added file", after(files -> files.put("data/evil.data.yml", text("a: b"))),
                        "data/evil.data.yml was added"), //
                untrusted("a removed file", after(files -> files.remove(OBJECT)), OBJECT + " was removed"), //
                untrusted("a renamed file", after(files -> files.put("objects/p.object.yml", remove(files, OBJECT))),
                        "objects/p.object.yml was added, " + OBJECT + " was removed"), //
                untrusted("a changed manifest", after(files -> files.put(PluginManifest.PATH,
                        text("id: other\nversion: 1.0.0\npublisher: Acme\n"))), "plugin.yml was changed"), //
                untrusted("a changed listing", after(files -> listing(files, "entries 4", "entries 5")),
                        "the signature in META-INF/objectos/plugin.sig is wrong"), //
                untrusted("another time of signing", after(files -> listing(files, "2026-05-31", "2026-05-30")),
                        "the signature in META-INF/objectos/plugin.sig is wrong"), //
                untrusted("another form", after(files -> listing(files, "signature 1", "signature 2")),
                        "is not of the form"), //
                untrusted("windows line ends", after(files -> listing(files, "\n", "\r\n")), "is not of the form"), //
                untrusted("an empty signature", after(files -> files.put(SignatureFile.PATH, new byte[0])),
                        "is not of the form"), //
                untrusted("the signature of another package",
                        after(files -> files.put(SignatureFile.PATH,
                                signed(with("a.txt", "a")).get(SignatureFile.PATH))),
                        "a.txt was removed"), //
                untrusted("an unknown key", signed(files(), Ed25519Keys.generate(), NOW), "the unknown key"), //
                untrusted("signed in the future", signed(files(), ACME, NOW.plus(Duration.ofHours(1))),
                        "signed in the future"), //
                untrusted("of another publisher",
                        signed(with(PluginManifest.PATH, "id: a\nversion: 1.0.0\npublisher: ObjectOS\n")),
                        "the manifest names the publisher 'ObjectOS', but the key"));
    }

    static Stream<Arguments> manifests() {
        Map<String, byte[]> none = files();
        none.remove(PluginManifest.PATH);
        Map<String, byte[]> nested = new LinkedHashMap<>();
        files().forEach((name, content) -> nested.put("acme-1.0/" + name, content));
        return Stream.of( //
                arguments("no manifest", zip(signed(none)), Reason.INVALID_MANIFEST, "has no META-INF/objectos/"), //
                arguments("a folder around everything", zip(nested), Reason.INVALID_MANIFEST, "pack what is in that"), //
                arguments("a wrong manifest", zip(signed(with(PluginManifest.PATH, "id: a\nversion: x\ntier: gold\n"))),
                        Reason.INVALID_MANIFEST,
                        "acme.jar!META-INF/objectos/plugin.yml:2:10: error: 'x' is no version"), //
                arguments("an object that is not there",
                        zip(signed(with(PluginManifest.PATH,
                                TestingPackages.MANIFEST.replace("[points]", "[points, levels]")))),
                        Reason.INVALID_MANIFEST, "provides no object 'levels'"), //
                tooLarge("a manifest beyond the limit",
                        zip(signed(with(PluginManifest.PATH, TestingPackages.MANIFEST + "# " + "x".repeat(70_000)))),
                        "larger than the 65536 bytes allowed for a manifest"));
    }

    @Test
    void theSamePackageWithoutTheLieIsOpened() {
        assertThat(open(lie(_ -> {}), TrustMode.STRICT).manifest().id()).isEqualTo("acme-points");
    }

    @Test
    void aProPluginIsRefusedUnsignedInDevelopmentToo() {
        Map<String, byte[]> pro = with(PluginManifest.PATH, TestingPackages.MANIFEST + "tier: pro\n");
        assertThatExceptionOfType(PackageRefusedException.class)
                .isThrownBy(() -> open(zip(pro), TrustMode.DEVELOPMENT))
                .withMessageContaining("a plugin of the tier pro runs signed or not at all");
        assertThat(open(zip(signed(pro)), TrustMode.DEVELOPMENT).signer()).isPresent();
    }

    @Test
    void developmentForgivesNoWrongSignatureAndNoHostileContent() {
        assertThatExceptionOfType(PackageRefusedException.class)
                .isThrownBy(() -> open(zip(after(files -> files.remove(OBJECT))), TrustMode.DEVELOPMENT))
                .withMessageContaining("was removed");
        assertThatExceptionOfType(PackageRefusedException.class)
                .isThrownBy(() -> open(zip(with("lib/inner.jar", "x")), TrustMode.DEVELOPMENT))
                .withMessageContaining("an archive inside");
    }

    @ParameterizedTest
    @org.junit.jupiter.params.provider.CsvSource(delimiter = '|', textBlock = """
            revoked: true                    | is revoked
            validUntil: 2026-05-31T23:59:59Z | expired at 2026-05-31T23:59:59Z
            validFrom: 2026-06-02            | is not valid before 2026-06-02T00:00:00Z
            validFrom: 2026-06-01            | is not valid before 2026-06-01T00:00:00Z, and the package was signed at
            """)
    void refusesAKeyThatDoesNotCount(String more, String reason) {
        TrustStore store = TestingPackages.trust(trust, more);
        assertThatExceptionOfType(PackageRefusedException.class)
                .isThrownBy(() -> PluginPackage.open("acme.jar", zip(signed(files())), store, TrustMode.STRICT))
                .withMessageContaining(reason).satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.UNTRUSTED));
    }

    private PluginPackage open(byte[] zip, TrustMode mode) {
        return PluginPackage.open("acme.jar", zip, TestingPackages.trust(trust, ""), mode);
    }

    private static byte[] lie(Consumer<TestingZip> lie) {
        var zip = TestingZip.of(signed(files()));
        lie.accept(zip);
        return zip.bytes();
    }

    /** Its own header is there, but the directory does not name it: a streaming reader would see it. */
    private static byte[] hidden() {
        byte[] hidden = TestingZip.of(Map.of("evil.class", text("evil"))).bytes();
        return lie(zip -> zip.part(OBJECT).trailer = Arrays.copyOf(hidden, 40));
    }

    /** With another number in the end record, counted from its beginning. */
    private static byte[] end(byte[] zip, int at, int value) {
        byte[] changed = zip.clone();
        changed[zip.length - 22 + at] = (byte) value;
        changed[zip.length - 22 + at + 1] = (byte) (value >> 8);
        return changed;
    }

    private static byte[] many() {
        var zip = new TestingZip();
        for (int i = 0; i < 20_001; i++) {
            zip.add("f" + i, new byte[0]);
        }
        return zip.bytes();
    }

    private static Map<String, byte[]> after(Consumer<Map<String, byte[]>> change) {
        Map<String, byte[]> files = signed(files());
        change.accept(files);
        return files;
    }

    private static byte[] remove(Map<String, byte[]> files, String name) {
        return java.util.Objects.requireNonNull(files.remove(name));
    }

    private static void listing(Map<String, byte[]> files, String old, String now) {
        String text = new String(java.util.Objects.requireNonNull(files.get(SignatureFile.PATH)),
                java.nio.charset.StandardCharsets.UTF_8);
        assertThat(text).contains(old);
        files.put(SignatureFile.PATH, text(text.replace(old, now)));
    }

    private static Arguments name(String name, String reason) {
        return malformed("a name: " + EntryNames.shown(name), lie(zip -> zip.add(name, "x")), reason);
    }

    private static Arguments malformed(String what, byte[] zip, String reason) {
        return arguments(what, zip, Reason.MALFORMED, reason);
    }

    private static Arguments tooLarge(String what, byte[] zip, String reason) {
        return arguments(what, zip, Reason.TOO_LARGE, reason);
    }

    private static Arguments untrusted(String what, Map<String, byte[]> files, String reason) {
        return arguments(what, zip(files), Reason.UNTRUSTED, reason);
    }

    /** A file that has no place in a plugin, signed nevertheless. */
    private static Arguments forbidden(String name, String content, String reason) {
        return arguments(name + " with " + content.strip(), zip(signed(with(name, content))),
                Reason.FORBIDDEN_CONTENT, reason);
    }
}
