package dev.objectos.runtime.storage.keyvalue;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.spi.StorageDriver.Content;
import dev.objectos.runtime.storage.StoreAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * Encrypts values (AES-256-GCM, a nonce before the ciphertext), bound to the place where they are kept: one that is copied to
 * another key, namespace, plugin or tenant does not open. Each says with which key it was encrypted.
 */
public final class ContentCipher {

    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int KEY_ID_BYTES = 8;

    private final SecretKey current;
    private final String currentId;
    private final Map<String, SecretKey> keys = new HashMap<>();
    private final SecureRandom random = new SecureRandom();

    /**
     * @param current encrypts from now on
     * @param retired what it still opens
     */
    public ContentCipher(SecretKey current, List<SecretKey> retired) {
        this.current = current;
        currentId = idOf(current);
        retired.forEach(key -> keys.put(idOf(key), key));
        keys.put(currentId, current);
    }

    Content seal(StoreAddress store, String key, byte[] plain, String contentType, @Nullable Instant expiresAt) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, current, nonce, 0, place(store, key, contentType));
            byte[] sealed = new byte[NONCE_BYTES + cipher.getOutputSize(plain.length)];
            System.arraycopy(nonce, 0, sealed, 0, NONCE_BYTES);
            cipher.doFinal(plain, 0, plain.length, sealed, NONCE_BYTES);
            return new Content(sealed, contentType, currentId, expiresAt);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @param keyId of the content */
    byte[] open(StoreAddress store, String key, Content content, String keyId) {
        SecretKey known = keys.get(keyId);
        if (known == null) {
            throw unreadable(store, key,
                    "it was encrypted with the key " + keyId + ", which this server does not have; "
                            + "name its file in objectos.storage.encryption.retired-key-files",
                    null);
        }
        byte[] sealed = content.bytes();
        try {
            return cipher(Cipher.DECRYPT_MODE, known, sealed, 0, place(store, key, content.contentType()))
                    .doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw unreadable(store, key, "it was changed, or brought here from another place", e);
        }
    }

    private static Cipher cipher(int mode, SecretKey key, byte[] nonce, int offset, byte[] place)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce, offset, NONCE_BYTES));
        cipher.updateAAD(place);
        return cipher;
    }

    /** No part can hold a line break. */
    private static byte[] place(StoreAddress store, String key, String contentType) {
        return String.join("\n", store.tenant().toString(), store.owner(), store.namespace(), key, contentType)
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String idOf(SecretKey key) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(key.getEncoded());
            return HexFormat.of().formatHex(hash, 0, KEY_ID_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static PlatformException unreadable(StoreAddress store, String key, String why, @Nullable Exception cause) {
        String message = "The value of " + key + " in " + store.owner() + "/" + store.namespace()
                + " cannot be decrypted: " + why;
        return cause == null
                ? new PlatformException(RuntimeError.INTERNAL, message)
                : new PlatformException(RuntimeError.INTERNAL, message, cause);
    }
}
