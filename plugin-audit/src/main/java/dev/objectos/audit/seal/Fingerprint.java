package dev.objectos.audit.seal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** SHA-256 over values one after the other, each with its length, so that no two lists of values are the same bytes. */
final class Fingerprint {

    /** What stands before the first of a chain. */
    static final byte[] NOTHING = new byte[32];

    private final MessageDigest digest;

    /** @param kind what the values are, so that what is signed as one thing is never taken for another */
    Fingerprint(String kind) {
        this.digest = sha256();
        add(kind);
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    Fingerprint add(@Nullable String text) {
        return add(text == null ? null : text.getBytes(StandardCharsets.UTF_8));
    }

    Fingerprint add(byte @Nullable [] bytes) {
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes == null ? -1 : bytes.length).flip());
        if (bytes != null) {
            digest.update(bytes);
        }
        return this;
    }

    Fingerprint add(long number) {
        return add(ByteBuffer.allocate(Long.BYTES).putLong(number).array());
    }

    Fingerprint add(UUID id) {
        return add(bytes(id));
    }

    Fingerprint add(Instant at) {
        return add(ChronoUnit.MICROS.between(Instant.EPOCH, at));
    }

    byte[] end() {
        return digest.digest();
    }

    static byte[] bytes(UUID id) {
        return ByteBuffer.allocate(2 * Long.BYTES).putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits()).array();
    }
}
