package dev.objectos.auth.saml;

import dev.objectos.auth.AuthError;
import dev.objectos.auth.identity.OutsideAccounts;
import dev.objectos.auth.identity.OutsideIdentity;
import dev.objectos.auth.security.SecurityEvents;
import dev.objectos.auth.session.Client;
import dev.objectos.auth.signin.SignIn;
import dev.objectos.auth.signin.SignInOutcome;
import dev.objectos.auth.token.OneTimeTokens;
import dev.objectos.auth.token.Tokens;
import dev.objectos.auth.token.UsedProofs;
import dev.objectos.runtime.PlatformException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import tools.jackson.databind.json.JsonMapper;

/**
 * Signs in by SAML: sends a browser to a provider, takes what it brings back, and lets in whoever the provider names. A browser posts
 * from the provider's page without our cookies, so it is sent on once more to show that it is the one that began.
 */
public final class SamlSignIn {

    /** How somebody is signed in whom a SAML provider has named. */
    public static final String SAML = "saml";

    static final Duration LIFETIME = Duration.ofMinutes(15);

    private static final String REQUEST = "saml-request";
    private static final String ARRIVAL = "saml-arrival";
    private static final String TRANSIENT = "urn:oasis:names:tc:SAML:2.0:nameid-format:transient";
    private static final String EMAIL = "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress";
    private static final Duration HOP = Duration.ofMinutes(1);
    private static final int LARGEST = 256 * 1024;
    private static final int LONGEST_REASON = 200;

    private final Supplier<SamlProviders> providers;
    private final OneTimeTokens tokens;
    private final UsedProofs proofs;
    private final OutsideAccounts accounts;
    private final SignIn signIn;
    private final SecurityEvents events;
    private final Clock clock;
    private final Tokens secrets = new Tokens();

    /** @param providers those configured at the moment */
    public SamlSignIn(Supplier<SamlProviders> providers, OneTimeTokens tokens, UsedProofs proofs,
            OutsideAccounts accounts, SignIn signIn, SecurityEvents events, Clock clock) {
        this.providers = providers;
        this.tokens = tokens;
        this.proofs = proofs;
        this.accounts = accounts;
        this.signIn = signIn;
        this.events = events;
        this.clock = clock;
    }

    /**
     * A way to a provider.
     *
     * @param address to send the browser to
     * @param secret for the browser to keep
     */
    record Begun(URI address, String secret) {}

    /** @param server address of this server */
    Begun begin(String provider, String server, String callback) {
        SamlProvider found = providers.get().named(provider);
        String secret = secrets.next();
        var attempt = new SamlAttempt(provider, digest(secret), callback);
        String id = "_" + tokens.issue(REQUEST, null, JsonMapper.shared().writeValueAsString(attempt), LIFETIME);
        return new Begun(SamlRequest.address(found, id, self(found, server), consumer(found, server), clock.instant()),
                secret);
    }

    /** What the provider has to know of this server. */
    String metadata(String provider, String server) {
        SamlProvider found = providers.get().named(provider);
        return SamlRequest.metadata(self(found, server), consumer(found, server));
    }

    private static String self(SamlProvider provider, String server) {
        String configured = provider.ownEntityId();
        return configured == null
                ? server + "/api/auth/sso/saml2/sp/metadata?providerId="
                        + URLEncoder.encode(provider.name(), StandardCharsets.UTF_8)
                : configured;
    }

    private static String consumer(SamlProvider provider, String server) {
        return server + "/api/auth/sso/saml2/callback/" + provider.name();
    }

    /**
     * Takes what a browser brings from a provider.
     *
     * @param response as it was posted, Base64
     * @return a code with which the browser that has begun finishes
     * @throws PlatformException {@code STATE_MISMATCH} where it answers nothing that was asked, {@code PROVIDER_REFUSED} where it does
     *         not show who somebody is
     */
    String receive(String provider, String response, String server, Client client) {
        SamlProvider found = providers.get().named(provider);
        try {
            Document document = SamlXml.parse(decoded(response));
            String request = SamlResponse.answered(document);
            SamlAttempt attempt = attempt(found, request);
            SamlAssertion assertion = new SamlResponse(found, self(found, server), consumer(found, server),
                    clock.instant()).read(document, request);
            if (!proofs.first(found.provider(), assertion.id(), assertion.expiresAt())) {
                throw new UnacceptableSamlException("it has been used before");
            }
            return tokens.issue(ARRIVAL, null,
                    JsonMapper.shared().writeValueAsString(arrived(found, attempt, assertion)), HOP);
        } catch (UnacceptableSamlException e) {
            String reason = e.reason().substring(0, Math.min(e.reason().length(), LONGEST_REASON));
            events.emit("sign-in.failed", null, null, client,
                    Map.of("method", SAML, "provider", found.provider(), "reason", reason));
            throw new PlatformException(AuthError.PROVIDER_REFUSED,
                    "The provider has not shown who you are; sign in again", e);
        }
    }

    private static byte[] decoded(String response) {
        if (response.length() > LARGEST) {
            throw new UnacceptableSamlException("it is too large");
        }
        try {
            return Base64.getMimeDecoder().decode(response);
        } catch (IllegalArgumentException e) {
            throw new UnacceptableSamlException("it is not Base64", e);
        }
    }

    /** Also what was not asked for counts as not asked: nobody is signed in whom the provider sends by itself. */
    private SamlAttempt attempt(SamlProvider provider, String request) {
        return tokens.take(REQUEST, request.isEmpty() ? "" : request.substring(1))
                .map(token -> JsonMapper.shared().readValue(token.payload(), SamlAttempt.class))
                .filter(attempt -> attempt.provider().equals(provider.name()))
                .orElseThrow(() -> new PlatformException(AuthError.STATE_MISMATCH,
                        "This answers no sign-in that was begun here; begin it in the application"));
    }

    private static SamlAttempt.Arrived arrived(SamlProvider provider, SamlAttempt attempt, SamlAssertion assertion) {
        if (TRANSIENT.equals(assertion.subjectFormat())) {
            throw new UnacceptableSamlException("the provider names people differently each time");
        }
        String byName = EMAIL.equals(assertion.subjectFormat()) ? assertion.subject() : null;
        var roles = new HashSet<String>();
        for (String group : assertion.values(provider.attributes().groups())) {
            roles.addAll(provider.rolesByGroup().getOrDefault(group, Set.of()));
        }
        List<String> email = assertion.values(provider.attributes().email());
        List<String> name = assertion.values(provider.attributes().name());
        return new SamlAttempt.Arrived(attempt, assertion.subject(), email.isEmpty() ? byName : email.getFirst(),
                name.isEmpty() ? null : name.getFirst(), roles);
    }

    /**
     * Somebody who has been let in, or is to show more first.
     *
     * @param callback where they wanted to go
     */
    record Finished(SignInOutcome outcome, String callback) {}

    /**
     * Finishes a sign-in.
     *
     * @param secret that the browser has kept; null: none
     * @param device what it remembers of earlier second steps; null: nothing
     * @throws PlatformException {@code STATE_MISMATCH} where another browser has begun, and what {@link OutsideAccounts#arrive} and
     *         {@link SignIn#admit} refuse with
     */
    Finished finish(String code, @Nullable String secret, Client client, @Nullable String device) {
        Optional<SamlAttempt.Arrived> arrived = tokens.take(ARRIVAL, code)
                .map(token -> JsonMapper.shared().readValue(token.payload(), SamlAttempt.Arrived.class));
        if (arrived.isEmpty() || secret == null || !MessageDigest.isEqual(
                digest(secret).getBytes(StandardCharsets.UTF_8),
                arrived.get().attempt().cookie().getBytes(StandardCharsets.UTF_8))) {
            throw new PlatformException(AuthError.STATE_MISMATCH,
                    "This sign-in was begun in another browser; begin it again");
        }
        SamlAttempt.Arrived found = arrived.get();
        SamlProvider provider = providers.get().named(found.attempt().provider());
        OutsideAccounts.Arrival arrival = accounts.arrive(new OutsideIdentity(provider.provider(), found.subject(),
                found.email(), provider.trustEmail(), found.name(), found.roles()), provider.joining(), client);
        return new Finished(signIn.admit(arrival.account(), SAML, arrival.tenant(), client, device),
                found.attempt().callback());
    }

    private static String digest(String secret) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Tokens.digest(secret));
    }
}
