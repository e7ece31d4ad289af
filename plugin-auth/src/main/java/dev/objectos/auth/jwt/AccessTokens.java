package dev.objectos.auth.jwt;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.objectos.auth.session.CredentialCache;
import dev.objectos.auth.session.Credentials;
import dev.objectos.auth.session.LoginSession;
import dev.objectos.auth.session.Logins;
import dev.objectos.auth.session.SignedIn;
import dev.objectos.auth.token.Tokens;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.session.UserIdentity;
import java.text.ParseException;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.core.Ordered;

/**
 * Signed tokens (JWT, ES256) that stand for a session for a short while. Others verify them by themselves; this server also asks
 * whether the session still counts, and what its account may do by now.
 */
public final class AccessTokens implements Credentials, Ordered {

    private static final int LONGEST = 4_096;
    private static final String TENANT = "tenant";
    private static final String ACCOUNT = "account";
    private static final String SESSION = "sid";

    private final SigningKeys keys;
    private final Logins logins;
    private final CredentialCache known;
    private final JwtProperties properties;
    private final Clock clock;

    public AccessTokens(SigningKeys keys, Logins logins, CredentialCache known, JwtProperties properties,
            Clock clock) {
        this.keys = keys;
        this.logins = logins;
        this.known = known;
        this.properties = properties;
        this.clock = clock;
    }

    /** A token as its client gets it. */
    record Issued(String token, Instant expiresAt) {}

    /**
     * Signs a token for somebody's session.
     *
     * @throws PlatformException {@code PERMISSION_DENIED} for who has shown something else than a session, such as an API key
     */
    Issued issue(SignedIn signedIn) {
        LoginSession login = signedIn.login();
        if (login == null) {
            throw new PlatformException(RuntimeError.PERMISSION_DENIED,
                    "Tokens stand for a session; sign in to get one, or use the API key itself");
        }
        Instant now = clock.instant();
        Instant end = now.plus(properties.lifetime());
        Instant expiresAt = end.isBefore(login.expiresAt()) ? end : login.expiresAt();
        SigningKeys.Opened key = keys.current();
        var token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES256).type(JOSEObjectType.JWT).keyID(key.id().toString()).build(),
                claims(signedIn, login, now, expiresAt));
        try {
            token.sign(key.signer());
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
        return new Issued(token.serialize(), expiresAt);
    }

    private JWTClaimsSet claims(SignedIn signedIn, LoginSession login, Instant now, Instant expiresAt) {
        var session = signedIn.session();
        var claims = new JWTClaimsSet.Builder().issuer(properties.issuer()).audience(properties.audience())
                .subject(String.valueOf(session.userId())).jwtID(UUID.randomUUID().toString())
                .issueTime(Date.from(now)).notBeforeTime(Date.from(now)).expirationTime(Date.from(expiresAt))
                .claim(TENANT, session.tenant().toString()).claim(ACCOUNT, signedIn.account().id().toString())
                .claim(SESSION, login.id().toString()).claim("roles", session.roles().stream().sorted().toList());
        UserIdentity impersonator = session.impersonator();
        if (impersonator != null) {
            // RFC 8693: who really acts.
            claims.claim("act", Map.of("sub", impersonator.id().toString()));
        }
        return claims.build();
    }

    @Override
    public int getOrder() {
        return 0;
    }

    /** No other credential has dots. */
    @Override
    public boolean understands(String credential) {
        int dot = credential.indexOf('.');
        return dot > 0 && credential.indexOf('.', dot + 1) > 0;
    }

    @Override
    public Optional<SignedIn> find(String credential) {
        return credential.length() > LONGEST
                ? Optional.empty()
                : known.find(Tokens.digest(credential), () -> load(credential));
    }

    private Optional<SignedIn> load(String credential) {
        try {
            return verified(credential).flatMap(this::session);
        } catch (ParseException | JOSEException | IllegalArgumentException _) {
            // Whatever is no token of ours belongs to nobody; what is wrong with it is nobody's business.
            return Optional.empty();
        }
    }

    private Optional<JWTClaimsSet> verified(String credential) throws ParseException, JOSEException {
        // Unsigned and encrypted ones do not parse as signed.
        SignedJWT token = SignedJWT.parse(credential);
        JWSHeader header = token.getHeader();
        if (!JWSAlgorithm.ES256.equals(header.getAlgorithm()) || !JOSEObjectType.JWT.equals(header.getType())
                || header.getKeyID() == null) {
            return Optional.empty();
        }
        Optional<SigningKey> key = keys.verifying(UUID.fromString(header.getKeyID()));
        if (key.isEmpty() || !token.verify(key.get().verifier())) {
            return Optional.empty();
        }
        return Optional.of(token.getJWTClaimsSet()).filter(this::counts);
    }

    private boolean counts(JWTClaimsSet claims) {
        Instant now = clock.instant();
        Date expiry = claims.getExpirationTime();
        Date begin = claims.getNotBeforeTime();
        return properties.issuer().equals(claims.getIssuer())
                && claims.getAudience().contains(properties.audience())
                && expiry != null && now.isBefore(expiry.toInstant())
                && (begin == null || !now.plus(SigningKeys.SKEW).isBefore(begin.toInstant()));
    }

    /** The session as it is now; none where it has become another account's or moved to another tenant. */
    private Optional<SignedIn> session(JWTClaimsSet claims) {
        return logins.use(UUID.fromString(claim(claims, SESSION)))
                .filter(signedIn -> signedIn.account().id().toString().equals(claim(claims, ACCOUNT))
                        && signedIn.session().tenant().toString().equals(claim(claims, TENANT))
                        && String.valueOf(signedIn.session().userId()).equals(claims.getSubject()))
                .map(signedIn -> signedIn.until(claims.getExpirationTime().toInstant()));
    }

    private static String claim(JWTClaimsSet claims, String name) {
        return String.valueOf(claims.getClaim(name));
    }
}
