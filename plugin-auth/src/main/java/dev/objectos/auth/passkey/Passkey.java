package dev.objectos.auth.passkey;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A public key by which an account's owner can sign in.
 *
 * @param credentialId that the authenticator has given it, base64url
 * @param publicKey a COSE key, base64url
 * @param aaguid the model of the authenticator; all zeros: not told
 * @param signCount what the authenticator's counter showed last; 0: it counts nothing
 * @param backupEligible whether it may be copied to further devices of its owner
 * @param backedUp whether it has been
 * @param lastUsedAt null: not yet
 */
public record Passkey(UUID id, UUID account, String credentialId, String publicKey, UUID aaguid, long signCount,
        boolean backupEligible, boolean backedUp, List<String> transports, String name, Instant createdAt,
        @Nullable Instant lastUsedAt) {

    public Passkey {
        transports = List.copyOf(transports);
    }
}
