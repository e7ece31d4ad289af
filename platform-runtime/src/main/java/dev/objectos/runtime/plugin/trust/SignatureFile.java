package dev.objectos.runtime.plugin.trust;

import dev.objectos.runtime.plugin.manifest.PluginManifest;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The file that vouches for a package: a listing of every other file, and a signature over the listing.
 *
 * <pre>
 * objectos-plugin-signature 1
 * algorithm Ed25519
 * key 0123456789abcdef0123456789abcdef
 * signed-at 2026-01-31T12:00:00Z
 * manifest &lt;SHA-256&gt;
 * entries 2
 * entry &lt;SHA-256&gt; &lt;bytes&gt; META-INF/objectos/plugin.yml
 * entry &lt;SHA-256&gt; &lt;bytes&gt; objects/account.object.yml
 * signature &lt;Base64&gt;
 * </pre>
 *
 * <p>Lines end with a line feed, digests are lower-case hexadecimal, entries are in the order of the UTF-16 units of
 * their names. The signature covers all bytes before its line. There is one way to write a listing, and a file that is
 * written in another is refused.
 *
 * @param signature 64 bytes
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record SignatureFile(String keyId, Instant signedAt, byte[] listing, byte[] signature) {

    /** Where the file stands in a package. */
    static final String PATH = "META-INF/objectos/plugin.sig";

    private static final String FORMAT = "objectos-plugin-signature 1";
    private static final Pattern HEAD = Pattern.compile(
            Pattern.quote(FORMAT) + "\nalgorithm Ed25519\nkey ([0-9a-f]{32})\nsigned-at ([0-9TZ:-]{20})\nmanifest ");
    private static final Pattern TAIL = Pattern.compile("\nsignature ([A-Za-z0-9+/]{86}==)\n\\z");
    private static final int SIGNATURE_LINE = "signature ".length() + 88 + 1;

    /** Signs files as they are; an earlier signature among them is left out. */
    static byte[] sign(Map<String, byte[]> files, KeyPair key, Instant now) {
        byte[] listing = listing(files, Ed25519Keys.keyId(key.getPublic()), now.truncatedTo(ChronoUnit.SECONDS));
        String signature = Base64.getEncoder().encodeToString(Ed25519Keys.sign(listing, key.getPrivate()));
        return (new String(listing, StandardCharsets.UTF_8) + "signature " + signature + "\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    /** @throws PackageRefusedException where the text is not of the form */
    static SignatureFile parse(byte[] content) {
        String text = new String(content, StandardCharsets.UTF_8);
        Matcher head = HEAD.matcher(text);
        Matcher tail = TAIL.matcher(text);
        if (!head.lookingAt() || !tail.find()) {
            throw PackageRefusedException.untrusted(PATH + " is not of the form that this server knows ('" + FORMAT
                    + "'); sign the package again");
        }
        try {
            byte[] signature = Base64.getDecoder().decode(tail.group(1));
            if (!Base64.getEncoder().encodeToString(signature).equals(tail.group(1))) {
                throw PackageRefusedException.untrusted("the signature in " + PATH + " is not written as Base64 is");
            }
            return new SignatureFile(head.group(1), Instant.parse(head.group(2)),
                    Arrays.copyOf(content, content.length - SIGNATURE_LINE), signature);
        } catch (DateTimeException e) {
            throw PackageRefusedException.untrusted(PATH + " names no time of signing: " + e.getMessage());
        }
    }

    /** @throws PackageRefusedException naming the first files that are not as they were when they were signed */
    void checkContents(Map<String, byte[]> files) {
        byte[] actual = listing(files, keyId, signedAt);
        if (!Arrays.equals(actual, listing)) {
            throw PackageRefusedException
                    .untrusted(
                            "the package was changed after it was signed: " + String.join(", ", differences(actual)));
        }
    }

    private List<String> differences(byte[] actual) {
        Map<String, String> signed = entries(listing);
        Map<String, String> found = entries(actual);
        var differences = new ArrayList<String>();
        found.forEach((name, digest) -> {
            String before = signed.get(name);
            if (before == null) {
                differences.add(name + " was added");
            } else if (!before.equals(digest)) {
                differences.add(name + " was changed");
            }
        });
        signed.keySet().stream().filter(name -> !found.containsKey(name))
                .forEach(name -> differences.add(EntryNames.shown(name) + " was removed"));
        if (differences.isEmpty()) {
            differences.add(PATH + " itself");
        }
        return differences.size() > 5
                ? List.of(String.join(", ", differences.subList(0, 5)), "and " + (differences.size() - 5) + " more")
                : differences;
    }

    private static Map<String, String> entries(byte[] listing) {
        Map<String, String> entries = new TreeMap<>();
        new String(listing, StandardCharsets.UTF_8).lines().filter(line -> line.startsWith("entry ")).forEach(line -> {
            String[] parts = line.split(" ", 4);
            if (parts.length == 4) {
                entries.put(parts[3], parts[1] + " " + parts[2]);
            }
        });
        return entries;
    }

    private static byte[] listing(Map<String, byte[]> files, String keyId, Instant signedAt) {
        Map<String, byte[]> sorted = new TreeMap<>(files);
        sorted.remove(PATH);
        var text = new StringBuilder(FORMAT + "\nalgorithm " + Ed25519Keys.ALGORITHM + "\nkey " + keyId
                + "\nsigned-at " + signedAt + "\nmanifest "
                + digest(sorted.getOrDefault(PluginManifest.PATH, new byte[0])) + "\nentries " + sorted.size() + "\n");
        sorted.forEach((name, content) -> text.append("entry ").append(digest(content)).append(' ')
                .append(content.length).append(' ').append(name).append('\n'));
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String digest(byte[] content) {
        return HexFormat.of().formatHex(Ed25519Keys.sha256(content));
    }
}
