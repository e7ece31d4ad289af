package dev.objectos.auth.jwt;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import java.text.ParseException;
import java.time.Instant;
import java.util.UUID;

/**
 * A key as all nodes know it.
 *
 * @param sealed its private part, encrypted
 * @param signsUntil from then on the next one signs
 * @param verifiesUntil from then on no token that it has signed counts
 */
record SigningKey(UUID id, ECKey publicKey, JWSVerifier verifier, String sealed, Instant signsFrom, Instant signsUntil,
        Instant verifiesUntil) {

    static SigningKey of(UUID id, String publicKey, String sealed, Instant signsFrom, Instant signsUntil,
            Instant verifiesUntil) {
        try {
            ECKey key = ECKey.parse(publicKey);
            return new SigningKey(id, key, new ECDSAVerifier(key), sealed, signsFrom, signsUntil, verifiesUntil);
        } catch (ParseException | JOSEException e) {
            throw new IllegalStateException("the signing key " + id + " cannot be read", e);
        }
    }

    boolean signsAt(Instant now) {
        return !now.isBefore(signsFrom) && now.isBefore(signsUntil);
    }
}
