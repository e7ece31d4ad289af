package dev.objectos.auth.twofactor;

import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Locale;
import java.util.OptionalLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Codes that change every half minute (RFC 6238), in the form that every authenticator knows: SHA-1, six digits. */
final class Totp {

    private static final int SECRET_BYTES = 20;
    private static final int PERIOD_SECONDS = 30;
    private static final int CODES = 1_000_000;

    /** Clocks may differ by one step, in either direction. */
    private static final int TOLERANCE = 1;

    private static final SecureRandom RANDOM = new SecureRandom();

    private Totp() {}

    /** A new secret, in Base32. */
    static String secret() {
        byte[] bytes = new byte[SECRET_BYTES];
        RANDOM.nextBytes(bytes);
        return Base32.encode(bytes);
    }

    /** What an authenticator is told, as a picture or as a link. */
    static String uri(String issuer, String account, String secret) {
        return "otpauth://totp/" + encoded(issuer) + ":" + encoded(account) + "?secret=" + secret + "&issuer="
                + encoded(issuer) + "&algorithm=SHA1&digits=6&period=" + PERIOD_SECONDS;
    }

    /**
     * The time step of which the code is, among those that count at the moment.
     *
     * @param after this step alone: codes of it and of earlier ones were used
     */
    static OptionalLong step(String secret, String code, Instant now, long after) {
        byte[] key = Base32.decode(secret);
        byte[] given = code.getBytes(StandardCharsets.UTF_8);
        long current = now.getEpochSecond() / PERIOD_SECONDS;
        OptionalLong found = OptionalLong.empty();
        for (long step = current - TOLERANCE; step <= current + TOLERANCE; step++) {
            boolean same = MessageDigest.isEqual(code(key, step).getBytes(StandardCharsets.UTF_8), given);
            if (same && step > after && found.isEmpty()) {
                found = OptionalLong.of(step);
            }
        }
        return found;
    }

    static String code(byte[] key, long step) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(key, "HmacSHA1"));
            byte[] hash = mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(step).array());
            int number = ByteBuffer.wrap(hash).getInt(hash[hash.length - 1] & 0xf) & Integer.MAX_VALUE;
            return String.format(Locale.ROOT, "%06d", number % CODES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA1", e);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
