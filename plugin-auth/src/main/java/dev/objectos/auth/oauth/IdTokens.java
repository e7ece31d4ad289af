package dev.objectos.auth.oauth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.objectos.auth.AuthError;
import dev.objectos.auth.token.UsedProofs;
import dev.objectos.runtime.PlatformException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Believes ID tokens (OpenID Connect Core 1.0, 3.1.3.7), or refuses them; the log says why. */
final class IdTokens {

    private static final Logger LOG = LoggerFactory.getLogger(IdTokens.class);

    /** With keys that only the issuer has: neither {@code none} nor anything that this server could have signed itself. */
    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(JWSAlgorithm.RS256, JWSAlgorithm.RS384,
            JWSAlgorithm.RS512, JWSAlgorithm.PS256, JWSAlgorithm.PS384, JWSAlgorithm.PS512, JWSAlgorithm.ES256,
            JWSAlgorithm.ES384, JWSAlgorithm.ES512);

    private static final Duration SKEW = Duration.ofMinutes(1);
    private static final Duration YOUNG = Duration.ofMinutes(10);
    private static final Duration KEYS_FRESH = Duration.ofHours(1);
    private static final Duration KEYS_AT_MOST_EACH = Duration.ofSeconds(10);

    private final ProviderHttp http;
    private final UsedProofs proofs;
    private final Clock clock;
    private final Map<URI, Known> known = new ConcurrentHashMap<>();

    /** @param proofs tokens that clients have brought by themselves */
    IdTokens(ProviderHttp http, UsedProofs proofs, Clock clock) {
        this.http = http;
        this.proofs = proofs;
        this.clock = clock;
    }

    private record Known(JWKSet keys, Instant at) {}

    /**
     * What a token says.
     *
     * @param nonce that it has to bring; null: it must not have any
     * @throws PlatformException {@code PROVIDER_REFUSED} where it is not for us, not of the issuer, not for this sign-in, or too old
     */
    JWTClaimsSet verify(String token, OAuthProvider provider, OpenIdMetadata.Issuer issuer, @Nullable String nonce) {
        return verified(token, provider, issuer, nonce).claims();
    }

    /**
     * A token that counts.
     *
     * @param signed the part of it that its signature covers: another spelling of the signature makes no other token
     */
    private record Verified(String signed, JWTClaimsSet claims) {}

    private Verified verified(String token, OAuthProvider provider, OpenIdMetadata.Issuer issuer,
            @Nullable String nonce) {
        try {
            SignedJWT signed = SignedJWT.parse(token);
            requireSignature(signed, provider, issuer);
            JWTClaimsSet claims = signed.getJWTClaimsSet();
            requireClaims(claims, provider, issuer, nonce);
            return new Verified(new String(signed.getSigningInput(), StandardCharsets.US_ASCII), claims);
        } catch (ParseException | JOSEException e) {
            throw refused(provider, "is no signed token: " + e.getMessage());
        }
    }

    /** The same of a token that a client has got by other ways: it must not have lain about for long, and counts once. */
    JWTClaimsSet verifyYoung(String token, OAuthProvider provider, OpenIdMetadata.Issuer issuer,
            @Nullable String nonce) {
        Verified verified = verified(token, provider, issuer, nonce);
        Instant young = verified.claims().getIssueTime().toInstant().plus(YOUNG);
        require(young.isAfter(clock.instant()), provider, "has lain about for too long");
        require(proofs.first("ID token " + provider.name(), verified.signed(), young), provider, "was used already");
        return verified.claims();
    }

    private void requireSignature(SignedJWT token, OAuthProvider provider, OpenIdMetadata.Issuer issuer)
            throws JOSEException {
        JWSHeader header = token.getHeader();
        if (!ALGORITHMS.contains(header.getAlgorithm())) {
            throw refused(provider, "is signed by " + header.getAlgorithm());
        }
        List<JWK> keys = keys(header, provider, issuer.keys());
        for (JWK key : keys) {
            JWSVerifier verifier = new DefaultJWSVerifierFactory().createJWSVerifier(header,
                    ((AsymmetricJWK) key).toPublicKey());
            if (token.verify(verifier)) {
                return;
            }
        }
        throw refused(provider, keys.isEmpty() ? "is signed by a key that the issuer does not have" : "is forged");
    }

    /** Issuers change their keys: a key that is not known may have come since they were asked. */
    private List<JWK> keys(JWSHeader header, OAuthProvider provider, URI address) {
        Instant now = clock.instant();
        Known cached = known.get(address);
        if (cached == null || cached.at().plus(KEYS_FRESH).isBefore(now)) {
            cached = ask(provider, address);
        }
        List<JWK> found = select(cached, header);
        if (found.isEmpty() && !now.isBefore(cached.at().plus(KEYS_AT_MOST_EACH))) {
            found = select(ask(provider, address), header);
        }
        return found;
    }

    private static List<JWK> select(Known cached, JWSHeader header) {
        return new JWKSelector(JWKMatcher.forJWSHeader(header)).select(cached.keys()).stream()
                .filter(AsymmetricJWK.class::isInstance).toList();
    }

    private Known ask(OAuthProvider provider, URI address) {
        ProviderHttp.Answer answer = http.get(provider, address);
        try {
            if (!answer.succeeded()) {
                throw ProviderHttp.unavailable(provider, "does not tell its keys", null);
            }
            var asked = new Known(JWKSet.parse(answer.json().toString()), clock.instant());
            known.put(address, asked);
            return asked;
        } catch (ParseException e) {
            throw ProviderHttp.unavailable(provider, "tells keys that cannot be read", e);
        }
    }

    private void requireClaims(JWTClaimsSet claims, OAuthProvider provider, OpenIdMetadata.Issuer issuer,
            @Nullable String nonce) throws ParseException {
        Instant now = clock.instant();
        String client = provider.client().id();
        String azp = claims.getStringClaim("azp");
        require(issuer.name().equals(claims.getIssuer()), provider, "is of " + claims.getIssuer());
        require(claims.getAudience().contains(client), provider, "is for " + claims.getAudience());
        require(azp == null ? claims.getAudience().size() == 1 : azp.equals(client), provider,
                "was asked for by " + azp);
        require(after(claims.getExpirationTime(), now.minus(SKEW)), provider, "is too old");
        require(claims.getIssueTime() != null && !after(claims.getIssueTime(), now.plus(SKEW)), provider,
                "is of the future");
        require(claims.getNotBeforeTime() == null || !after(claims.getNotBeforeTime(), now.plus(SKEW)), provider,
                "does not count yet");
        require(nonce == null ? claims.getClaim("nonce") == null : same(nonce, claims.getStringClaim("nonce")),
                provider, "is for another sign-in");
        require(claims.getSubject() != null && !claims.getSubject().isBlank(), provider, "names nobody");
    }

    private static boolean after(@Nullable Date date, Instant instant) {
        return date != null && date.toInstant().isAfter(instant);
    }

    private static boolean same(String expected, @Nullable String actual) {
        return actual != null && MessageDigest.isEqual(expected.getBytes(StandardCharsets.UTF_8),
                actual.getBytes(StandardCharsets.UTF_8));
    }

    private static void require(boolean holds, OAuthProvider provider, String otherwise) {
        if (!holds) {
            throw refused(provider, otherwise);
        }
    }

    private static PlatformException refused(OAuthProvider provider, String why) {
        LOG.warn("A token of the provider {} {}", provider.name(), why);
        return new PlatformException(AuthError.PROVIDER_REFUSED,
                provider.label() + " has not shown who you are; sign in again");
    }
}
