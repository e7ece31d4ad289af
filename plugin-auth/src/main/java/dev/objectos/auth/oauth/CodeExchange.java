package dev.objectos.auth.oauth;

import dev.objectos.auth.AuthError;
import dev.objectos.auth.oauth.OAuthProvider.ClientAuthentication;
import dev.objectos.runtime.PlatformException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives a provider the code that a browser has brought, for tokens (RFC 6749, 4.1.3). */
final class CodeExchange {

    private static final Logger LOG = LoggerFactory.getLogger(CodeExchange.class);

    private final ProviderHttp http;

    CodeExchange(ProviderHttp http) {
        this.http = http;
    }

    /** @throws PlatformException {@code PROVIDER_REFUSED} where the provider does not take the code */
    ProviderHttp.Answer tokens(OAuthProvider provider, URI address, ClientAuthentication authentication,
            Attempt attempt, String code) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "authorization_code");
        form.put("code", code);
        form.put("redirect_uri", attempt.redirect());
        form.put("code_verifier", attempt.verifier());
        OAuthProvider.Client client = provider.client();
        ProviderHttp.Answer answer = switch (authentication) {
            case BASIC -> http.post(provider, address, form, "Authorization", basic(client));
            case POST -> {
                form.put("client_id", client.id());
                form.put("client_secret", client.secret());
                yield http.post(provider, address, form);
            }
            case NONE -> {
                form.put("client_id", client.id());
                yield http.post(provider, address, form);
            }
        };
        // GitHub says so with status 200.
        if (!answer.succeeded() || answer.text("error") != null) {
            throw refused(provider, "does not take the code: " + answer.text("error"));
        }
        return answer;
    }

    private static String basic(OAuthProvider.Client client) {
        String pair = ProviderHttp.encoded(client.id()) + ":" + ProviderHttp.encoded(client.secret());
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    /** The token with which the provider is asked for more. */
    static String accessToken(OAuthProvider provider, ProviderHttp.Answer answer) {
        String token = answer.text("access_token");
        if (token == null) {
            throw refused(provider, "gives no access token");
        }
        return token;
    }

    static PlatformException refused(OAuthProvider provider, String why) {
        LOG.warn("The provider {} {}", provider.name(), why);
        return new PlatformException(AuthError.PROVIDER_REFUSED,
                provider.label() + " has not shown who you are; sign in again");
    }
}
