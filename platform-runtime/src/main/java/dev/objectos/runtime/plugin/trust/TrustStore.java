package dev.objectos.runtime.plugin.trust;

import dev.objectos.runtime.metadata.Violation;
import dev.objectos.runtime.metadata.yaml.CheckedDocument;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Whose packages this server opens: publishers' keys from the files of a folder. A file with an error trusts nobody, and
 * keeps no other file from counting.
 */
public final class TrustStore {

    private final Clock clock;
    private final Map<String, TrustedKey> keys = new LinkedHashMap<>();
    private final Set<String> ambiguous = new HashSet<>();
    private final List<Violation> problems = new ArrayList<>();

    private TrustStore(Clock clock) {
        this.clock = clock;
    }

    /** Trusts nobody. */
    public static TrustStore empty(Clock clock) {
        return new TrustStore(clock);
    }

    /**
     * Reads one file, or every {@code *.yml} directly in a folder; what does not exist trusts nobody.
     *
     * @throws UncheckedIOException where something is there and cannot be read
     */
    public static TrustStore read(Path location, Clock clock) {
        var store = new TrustStore(clock);
        try {
            if (Files.isDirectory(location)) {
                try (Stream<Path> files = Files.list(location)) {
                    for (Path file : files.filter(file -> file.toString().endsWith(".yml")).sorted().toList()) {
                        store.add(file.getFileName().toString(), Files.readAllBytes(file));
                    }
                }
            } else if (Files.exists(location)) {
                store.add(location.getFileName().toString(), Files.readAllBytes(location));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the trusted keys in " + location + " cannot be read: " + e.getMessage(), e);
        }
        return store;
    }

    /** What is wrong with the files; the keys concerned are not trusted. */
    public List<Violation> problems() {
        return List.copyOf(problems);
    }

    /** The ids of the keys, whether they count today or not. */
    public Set<String> keyIds() {
        return Set.copyOf(keys.keySet());
    }

    Optional<TrustedKey> key(String keyId) {
        return Optional.ofNullable(keys.get(keyId));
    }

    Instant now() {
        return clock.instant();
    }

    private void add(String file, byte[] content) {
        CheckedDocument document = CheckedDocument.trustedKeys(file, content);
        var read = new ArrayList<TrustedKey>();
        if (document.keys().contains("keys")) {
            for (int i = 0; i < document.size("keys"); i++) {
                read(document, read, "keys", String.valueOf(i));
            }
        } else if (document.isUsable()) {
            read(document, read);
        }
        if (document.isUsable()) {
            read.forEach(key -> keep(document, key));
        }
        problems.addAll(document.violations());
    }

    /** Of two entries that say different things of one key neither counts, or a revocation could be overwritten. */
    private void keep(CheckedDocument document, TrustedKey key) {
        TrustedKey earlier = keys.get(key.keyId());
        if (ambiguous.contains(key.keyId()) || (earlier != null && !earlier.equals(key))) {
            ambiguous.add(key.keyId());
            keys.remove(key.keyId());
            document.error(document.where(), "another entry says something else of the key " + key.keyId(),
                    "keep one of them; until then the key is not trusted");
        } else {
            keys.put(key.keyId(), key);
        }
    }

    private static void read(CheckedDocument document, List<TrustedKey> into, String... path) {
        String keyId = document.text(CheckedDocument.path(path, "keyId"));
        String publisher = document.text(CheckedDocument.path(path, "publisher"));
        String base64 = document.text(CheckedDocument.path(path, "publicKey"));
        if (keyId == null || publisher == null || base64 == null) {
            return;
        }
        try {
            PublicKey key = Ed25519Keys.publicKey(base64);
            into.add(
                    new TrustedKey(keyId, publisher, key, instant(document, CheckedDocument.path(path, "validFrom")),
                            instant(document, CheckedDocument.path(path, "validUntil")),
                            document.flag(CheckedDocument.path(path, "revoked"))));
        } catch (IllegalArgumentException e) {
            document.error(document.where(CheckedDocument.path(path, "publicKey")), String.valueOf(e.getMessage()),
                    "take the file that ./objectos plugin keygen made, as it is");
        }
    }

    private static @Nullable Instant instant(CheckedDocument document, String... path) {
        String text = document.text(path);
        if (text == null) {
            return null;
        }
        try {
            return text.length() == 10
                    ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : Instant.parse(text);
        } catch (DateTimeParseException _) {
            document.error(document.where(path), "'" + text + "' is no point in time",
                    "write it as 2027-01-31T00:00:00Z, or as 2027-01-31");
            return null;
        }
    }
}
