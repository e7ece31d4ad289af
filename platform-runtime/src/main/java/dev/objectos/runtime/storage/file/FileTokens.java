package dev.objectos.runtime.storage.file;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

/** Tokens that let whoever has them do one thing with one file until a moment; signed, so that nothing has to be kept. */
final class FileTokens {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int PAYLOAD = 1 + 16 + 16 + 8;
    private static final int SIGNATURE = 32;

    private final SecretKey key;
    private final Clock clock;

    /** @param key the same on all nodes */
    FileTokens(SecretKey key, Clock clock) {
        this.key = key;
        this.clock = clock;
    }

    /** What a token is good for. */
    enum Purpose {

        UPLOAD(1), PART(2), DOWNLOAD(3);

        private final byte code;

        Purpose(int code) {
            this.code = (byte) code;
        }
    }

    /** A file of a tenant. */
    record Subject(UUID tenant, UUID file) {}

    String token(Purpose purpose, UUID tenant, UUID file, Instant expires) {
        byte[] payload = ByteBuffer.allocate(PAYLOAD).put(purpose.code)
                .putLong(tenant.getMostSignificantBits()).putLong(tenant.getLeastSignificantBits())
                .putLong(file.getMostSignificantBits()).putLong(file.getLeastSignificantBits())
                .putLong(expires.toEpochMilli()).array();
        byte[] whole = ByteBuffer.allocate(PAYLOAD + SIGNATURE).put(payload).put(sign(payload)).array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(whole);
    }

    /** @throws PlatformException {@code RESOURCE_NOT_FOUND}: it is none, of another purpose, or too old */
    Subject subject(Purpose purpose, String token) {
        byte[] whole;
        try {
            whole = Base64.getUrlDecoder().decode(token);
        } catch (IllegalArgumentException _) {
            throw invalid();
        }
        if (whole.length != PAYLOAD + SIGNATURE) {
            throw invalid();
        }
        var payload = new byte[PAYLOAD];
        var signature = new byte[SIGNATURE];
        ByteBuffer.wrap(whole).get(payload).get(signature);
        ByteBuffer read = ByteBuffer.wrap(payload);
        if (!MessageDigest.isEqual(signature, sign(payload)) || read.get() != purpose.code) {
            throw invalid();
        }
        var subject = new Subject(new UUID(read.getLong(), read.getLong()), new UUID(read.getLong(), read.getLong()));
        if (clock.millis() > read.getLong()) {
            throw invalid();
        }
        return subject;
    }

    private byte[] sign(byte[] payload) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            // Other things are signed or sealed with the key too.
            mac.update("objectos-file".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            return mac.doFinal(payload);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static PlatformException invalid() {
        return new PlatformException(RuntimeError.RESOURCE_NOT_FOUND,
                "The link is not valid, or not any more; ask for a new one");
    }
}
