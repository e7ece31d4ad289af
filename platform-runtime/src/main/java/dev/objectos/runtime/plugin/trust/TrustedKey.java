package dev.objectos.runtime.plugin.trust;

import java.security.PublicKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A publisher's key, as an administrator trusts it.
 *
 * @param keyId 32 hexadecimal digits that follow from the key
 * @param validFrom null: always was
 * @param validUntil null: until it is revoked
 */
record TrustedKey(String keyId, String publisher, PublicKey key, @Nullable Instant validFrom,
        @Nullable Instant validUntil, boolean revoked) {

    TrustedKey {
        if (!keyId.equals(Ed25519Keys.keyId(key))) {
            throw new IllegalArgumentException(
                    "the key id does not belong to the key, whose id is " + Ed25519Keys.keyId(key));
        }
    }

    /** @throws PackageRefusedException where what it signed at one time does not count at another */
    void checkUse(Instant signedAt, Instant now) {
        if (revoked) {
            throw PackageRefusedException.untrusted("the key " + keyId + " of " + publisher + " is revoked");
        }
        if (validUntil != null && now.isAfter(validUntil)) {
            throw PackageRefusedException
                    .untrusted("the key " + keyId + " of " + publisher + " expired at " + validUntil);
        }
        if (validFrom != null && (now.isBefore(validFrom) || signedAt.isBefore(validFrom))) {
            throw PackageRefusedException.untrusted("the key " + keyId + " of " + publisher + " is not valid before "
                    + validFrom + ", and the package was signed at " + signedAt);
        }
    }
}
