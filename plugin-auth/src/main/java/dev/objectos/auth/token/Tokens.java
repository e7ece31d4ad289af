package dev.objectos.auth.token;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/** Opaque bearer tokens: 256 random bits, stored as their SHA-256 digest only. */
public final class Tokens {

    private static final int BYTES = 32;

    /** Copied for each digest: looking up the providers of an algorithm takes longer than the digest of a token. */
    private static final MessageDigest EMPTY = sha256();

    private final SecureRandom random = new SecureRandom();

    /** Another one, in 43 characters that addresses may hold. */
    public String next() {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    public static byte[] digest(String token) {
        try {
            return ((MessageDigest) EMPTY.clone()).digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the SHA-256 of every JDK can be copied", e);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
