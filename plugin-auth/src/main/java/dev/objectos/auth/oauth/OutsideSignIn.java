package dev.objectos.auth.oauth;

import dev.objectos.auth.AuthError;
import dev.objectos.auth.account.Account;
import dev.objectos.auth.account.Accounts;
import dev.objectos.auth.identity.LinkedIdentities;
import dev.objectos.auth.identity.OutsideAccounts;
import dev.objectos.auth.identity.OutsideIdentity;
import dev.objectos.auth.provider.AuthConfiguration;
import dev.objectos.auth.security.SecurityEvents;
import dev.objectos.auth.session.Client;
import dev.objectos.auth.signin.SignIn;
import dev.objectos.auth.signin.SignInOutcome;
import dev.objectos.auth.token.OneTimeTokens;
import dev.objectos.auth.token.Tokens;
import dev.objectos.auth.token.UsedProofs;
import dev.objectos.runtime.PlatformException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** The way of a browser to a provider and back, at whose end somebody is signed in, or an account is linked. */
public final class OutsideSignIn implements AutoCloseable {

    /** How long the way may take. */
    static final Duration LIFETIME = Duration.ofMinutes(10);

    private static final String PURPOSE = "provider-state";

    private final Supplier<AuthConfiguration> configuration;
    private final OneTimeTokens states;
    private final OutsideAccounts arrivals;
    private final LinkedIdentities links;
    private final Accounts accounts;
    private final SignIn signIn;
    private final SecurityEvents events;
    private final Tokens tokens = new Tokens();
    private final ProviderHttp http = new ProviderHttp();
    private final OpenIdConnect openId;
    private final PlainOAuth plain;

    public OutsideSignIn(Supplier<AuthConfiguration> configuration, OneTimeTokens states, UsedProofs proofs,
            OutsideAccounts arrivals, LinkedIdentities links, Accounts accounts, SignIn signIn, SecurityEvents events,
            Clock clock) {
        this.configuration = configuration;
        this.states = states;
        this.arrivals = arrivals;
        this.links = links;
        this.accounts = accounts;
        this.signIn = signIn;
        this.events = events;
        var exchange = new CodeExchange(http);
        this.openId = new OpenIdConnect(http, new OpenIdMetadata(http, clock), new IdTokens(http, proofs, clock),
                exchange);
        this.plain = new PlainOAuth(http, exchange);
    }

    /** Every provider that people may choose, in the order of the configuration. */
    List<OAuthProvider> providers() {
        return List.copyOf(configuration.get().get(OAuthSettings.class).providers().values());
    }

    /** Whether people may sign in by the provider of that name. */
    public boolean knows(String name) {
        return configuration.get().get(OAuthSettings.class).providers().containsKey(name);
    }

    /** @throws PlatformException {@code PROVIDER_NOT_FOUND} where it is not configured, or switched off */
    OAuthProvider provider(String name) {
        OAuthProvider provider = configuration.get().get(OAuthSettings.class).providers().get(name);
        if (provider == null) {
            throw new PlatformException(AuthError.PROVIDER_NOT_FOUND, "Nobody signs in by " + name
                    + " on this server; it is not in auth.config.yml, or switched off");
        }
        return provider;
    }

    private Protocol protocol(OAuthProvider provider) {
        return switch (provider.kind()) {
            case OIDC -> openId;
            case OAUTH2 -> plain;
            case GITHUB -> new GitHub(http, plain.exchange());
            case WECHAT -> new WeChat(http);
        };
    }

    /**
     * A way begun.
     *
     * @param address where the browser is sent
     * @param cookie name of the one that it has to bring back
     * @param secret value of that
     */
    record Begun(URI address, String cookie, String secret) {}

    /** @param account to link; null: somebody signs in */
    Begun begin(OAuthProvider provider, String server, String callback, @Nullable String errorCallback,
            @Nullable UUID account) {
        String secret = tokens.next();
        var attempt = new Attempt(provider.name(), server + "/api/auth/callback/" + provider.name(),
                tokens.next(), tokens.next(), callback, errorCallback, digest(secret), account);
        String state = states.issue(PURPOSE, account, JsonMapper.shared().writeValueAsString(attempt), LIFETIME);
        return new Begun(protocol(provider).question(provider, attempt, state), cookie(state), secret);
    }

    /** Each way has a cookie of its own, so that two of one browser do not get into each other's way. */
    static String cookie(String state) {
        return "objectos.provider_" + digest(state).substring(0, 16);
    }

    private static String digest(String secret) {
        return HexFormat.of().formatHex(Tokens.digest(secret));
    }

    /**
     * The way that a browser comes back from; it can be come back from once.
     *
     * @param secret that the browser brings; null: none
     * @throws PlatformException {@code STATE_MISMATCH} where this browser has begun no such way, or long ago
     */
    Attempt resume(String provider, String state, @Nullable String secret) {
        Optional<Attempt> attempt = states.peek(PURPOSE, state).map(OutsideSignIn::attempt)
                .filter(known -> secret != null && known.provider().equals(provider)
                        && MessageDigest.isEqual(known.browser().getBytes(StandardCharsets.US_ASCII),
                                digest(secret).getBytes(StandardCharsets.US_ASCII)));
        return attempt.flatMap(_ -> states.take(PURPOSE, state)).map(OutsideSignIn::attempt)
                .orElseThrow(() -> new PlatformException(AuthError.STATE_MISMATCH,
                        "This sign-in was begun in another browser, or too long ago; begin again"));
    }

    private static Attempt attempt(OneTimeTokens.OneTimeToken token) {
        return JsonMapper.shared().readValue(token.payload(), Attempt.class);
    }

    /**
     * Who has come back.
     *
     * @param issuer that the answer says it is of; null: it does not say
     */
    OutsideIdentity identity(OAuthProvider provider, Attempt attempt, String code, @Nullable String issuer) {
        return protocol(provider).identity(provider, attempt, code, issuer);
    }

    /** Who an ID token names that a client has got by itself. */
    OutsideIdentity identity(OAuthProvider provider, String idToken, @Nullable String nonce) {
        if (provider.kind() != OAuthProvider.Kind.OIDC) {
            throw new PlatformException(AuthError.PROVIDER_REFUSED, provider.label() + " gives no ID tokens");
        }
        return openId.identity(provider, idToken, nonce);
    }

    /** Signs them in. */
    SignInOutcome arrive(OAuthProvider provider, OutsideIdentity identity, Client client, @Nullable String device) {
        OutsideAccounts.Arrival arrival;
        try {
            requireDomain(provider, identity);
            arrival = arrivals.arrive(identity, provider.joining(), client);
        } catch (PlatformException e) {
            failed(provider, client, e);
            throw e;
        }
        return signIn.admit(arrival.account(), provider.method(), arrival.tenant(), client, device);
    }

    /** Links them to the account that they began with. */
    void link(OAuthProvider provider, OutsideIdentity identity, UUID account, Client client) {
        requireDomain(provider, identity);
        Account owner = accounts.current(account);
        links.link(owner, identity.provider(), identity.subject(), identity.email());
        events.emit("identity.linked", owner.id(), null, client,
                Map.of("provider", identity.provider(), "subject", identity.subject()));
    }

    /** Tells of a sign-in that came to nothing. */
    void failed(OAuthProvider provider, Client client, PlatformException why) {
        events.emit("sign-in.failed", null, null, client, Map.of("method", provider.method(), "provider",
                provider.name(), "reason", why.code().name()));
    }

    private static void requireDomain(OAuthProvider provider, OutsideIdentity identity) {
        String email = identity.email();
        boolean ours = provider.domains().isEmpty() || (email != null && identity.emailVerified()
                && provider.domains().contains(email.substring(email.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT)));
        if (!ours) {
            throw new PlatformException(AuthError.SIGN_UP_REFUSED,
                    "Only people of " + String.join(", ", provider.domains().stream().sorted().toList())
                            + " may sign in by " + provider.label());
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
