package dev.objectos.runtime.spi;

import java.util.UUID;

/**
 * Encrypts what plugins keep in tables of their own with the server's key: the file {@code secret.key} in its data folder, the same
 * on every node. What is sealed opens only for the same owner and purpose.
 */
public interface SecretSeal {

    /**
     * The text to store.
     *
     * @param owner whose secret it is, such as the id of an account
     * @param purpose what it is for; names the place among those of the owner
     */
    String seal(String secret, UUID owner, String purpose);

    /**
     * The secret.
     *
     * @throws IllegalArgumentException where the text was not sealed with this key for that owner and purpose
     */
    String open(String sealed, UUID owner, String purpose);
}
