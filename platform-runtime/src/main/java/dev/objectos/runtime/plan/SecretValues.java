package dev.objectos.runtime.plan;

import dev.objectos.runtime.spi.SecretSeal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.PBEKeySpec;

/**
 * The stored forms of password fields (salted hash, {@code $pbkdf2-sha256$iterations$salt$hash}) and secret fields
 * (AES-256-GCM, {@code $aes-gcm$nonce+ciphertext}, bound to the record and field).
 */
public final class SecretValues implements SecretSeal {

    /** OWASP's advice of 2023 for PBKDF2 with HMAC-SHA-256. */
    public static final int ITERATIONS = 600_000;

    private static final String HASHED = "$pbkdf2-sha256$";
    private static final String SEALED = "$aes-gcm$";
    private static final int SALT_BYTES = 16;
    private static final int HASH_BITS = 256;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecretKey key;
    private final int iterations;
    private final SecureRandom random = new SecureRandom();

    /** @param key AES key of 256 bits, the same on every node */
    public SecretValues(SecretKey key, int iterations) {
        this.key = key;
        this.iterations = iterations;
    }

    /** The hash to store for a password. */
    public String hash(String password) {
        byte[] salt = randomBytes(SALT_BYTES);
        return HASHED + iterations + "$" + encode(salt) + "$" + encode(derive(password, salt, iterations));
    }

    /** Whether the password is the one that was hashed; takes the same time whatever differs. */
    public static boolean matches(String password, String hash) {
        String[] parts = hash.startsWith(HASHED) ? hash.substring(HASHED.length()).split("\\$", -1) : new String[0];
        if (parts.length != 3) {
            return false;
        }
        byte[] expected = Base64.getDecoder().decode(parts[2]);
        byte[] actual = derive(password, Base64.getDecoder().decode(parts[1]), Integer.parseInt(parts[0]));
        return MessageDigest.isEqual(expected, actual);
    }

    /** The text to store for a secret of that record and field. */
    @Override
    public String seal(String secret, UUID record, String fieldId) {
        byte[] nonce = randomBytes(NONCE_BYTES);
        byte[] sealed = crypt(Cipher.ENCRYPT_MODE, nonce, secret.getBytes(StandardCharsets.UTF_8), record, fieldId);
        return SEALED + encode(ByteBuffer.allocate(nonce.length + sealed.length).put(nonce).put(sealed).array());
    }

    /**
     * The secret that was sealed for that record and field.
     *
     * @throws IllegalArgumentException where the text was not sealed with this key for this place
     */
    @Override
    public String open(String stored, UUID record, String fieldId) {
        if (!stored.startsWith(SEALED)) {
            throw new IllegalArgumentException("not a sealed value");
        }
        byte[] bytes = Base64.getDecoder().decode(stored.substring(SEALED.length()));
        byte[] nonce = java.util.Arrays.copyOf(bytes, NONCE_BYTES);
        byte[] sealed = java.util.Arrays.copyOfRange(bytes, NONCE_BYTES, bytes.length);
        return new String(crypt(Cipher.DECRYPT_MODE, nonce, sealed, record, fieldId), StandardCharsets.UTF_8);
    }

    private byte[] crypt(int mode, byte[] nonce, byte[] input, UUID record, String fieldId) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD((record + "/" + fieldId).getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(input);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the value was not sealed with this key for this place", e);
        }
    }

    private static byte[] derive(String password, byte[] salt, int iterations) {
        try {
            var specification = new PBEKeySpec(password.toCharArray(), salt, iterations, HASH_BITS);
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(specification).getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private byte[] randomBytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    private static String encode(byte[] bytes) {
        return Base64.getEncoder().withoutPadding().encodeToString(bytes);
    }
}
