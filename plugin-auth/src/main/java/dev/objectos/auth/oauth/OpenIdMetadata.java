package dev.objectos.auth.oauth;

import dev.objectos.auth.oauth.OAuthProvider.ClientAuthentication;
import dev.objectos.auth.provider.SafeAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What issuers say of themselves (OpenID Connect Discovery 1.0), asked once an hour. */
final class OpenIdMetadata {

    private static final Duration FRESH = Duration.ofHours(1);

    private final ProviderHttp http;
    private final Clock clock;
    private final Map<URI, Known> known = new ConcurrentHashMap<>();

    OpenIdMetadata(ProviderHttp http, Clock clock) {
        this.http = http;
        this.clock = clock;
    }

    /** What was found out, and when. */
    private record Known(Issuer issuer, Instant at) {}

    /**
     * An issuer.
     *
     * @param name exactly as its tokens say it
     * @param userInfo null: it tells no more than its tokens
     * @param namesItself whether its answers by way of the browser say who they are from (RFC 9207)
     */
    record Issuer(String name, URI authorization, URI token, @Nullable URI userInfo, URI keys,
            ClientAuthentication authentication, boolean namesItself) {}

    Issuer of(OAuthProvider provider) {
        URI issuer = Objects.requireNonNull(provider.issuer());
        Known cached = known.get(issuer);
        if (cached == null || cached.at().plus(FRESH).isBefore(clock.instant())) {
            cached = new Known(ask(provider, issuer), clock.instant());
            known.put(issuer, cached);
        }
        return overridden(cached.issuer(), provider);
    }

    private Issuer ask(OAuthProvider provider, URI issuer) {
        URI address = URI.create(issuer.toString().replaceAll("/$", "") + "/.well-known/openid-configuration");
        ProviderHttp.Answer answer = http.get(provider, address);
        if (!answer.succeeded()) {
            throw ProviderHttp.unavailable(provider, "has no metadata at " + address, null);
        }
        // Google and others write their name without the slash that somebody may have put behind it.
        String name = Objects.requireNonNullElse(answer.text("issuer"), "");
        if (!name.equals(issuer.toString()) && !(name + "/").equals(issuer.toString())) {
            throw ProviderHttp.unavailable(provider, "calls itself " + name + ", not " + issuer, null);
        }
        JsonNode methods = answer.json().path("token_endpoint_auth_methods_supported");
        boolean basic = methods.isMissingNode() || methods.values().stream()
                .anyMatch(method -> method.asString("").equals("client_secret_basic"));
        return new Issuer(name, required(answer, "authorization_endpoint", provider),
                required(answer, "token_endpoint", provider), optional(answer, "userinfo_endpoint", provider),
                required(answer, "jwks_uri", provider),
                basic ? ClientAuthentication.BASIC : ClientAuthentication.POST,
                answer.json().path("authorization_response_iss_parameter_supported").asBoolean(false));
    }

    private static URI required(ProviderHttp.Answer answer, String member, OAuthProvider provider) {
        URI address = optional(answer, member, provider);
        if (address == null) {
            throw ProviderHttp.unavailable(provider, "names no usable " + member, null);
        }
        return address;
    }

    private static @Nullable URI optional(ProviderHttp.Answer answer, String member, OAuthProvider provider) {
        String text = answer.text(member);
        if (text == null) {
            return null;
        }
        try {
            URI address = new URI(text);
            if (SafeAddress.is(address)) {
                return address;
            }
        } catch (URISyntaxException _) {
            // Said below.
        }
        throw ProviderHttp.unavailable(provider, "names no usable " + member, null);
    }

    private static Issuer overridden(Issuer issuer, OAuthProvider provider) {
        OAuthProvider.Endpoints own = provider.endpoints();
        return new Issuer(issuer.name(), Objects.requireNonNullElse(own.authorization(), issuer.authorization()),
                Objects.requireNonNullElse(own.token(), issuer.token()),
                own.userInfo() == null ? issuer.userInfo() : own.userInfo(),
                Objects.requireNonNullElse(own.keys(), issuer.keys()),
                Objects.requireNonNullElse(provider.authentication(), issuer.authentication()), issuer.namesItself());
    }
}
