package dev.objectos.auth.oauth;

import dev.objectos.auth.identity.OutsideIdentity;
import dev.objectos.runtime.PlatformException;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How providers of one kind are asked who somebody is. */
sealed interface Protocol permits OpenIdConnect, PlainOAuth, GitHub, WeChat {

    /**
     * Where a browser is sent to be asked.
     *
     * @param state that it brings back
     */
    URI question(OAuthProvider provider, Attempt attempt, String state);

    /**
     * Who it was, by what the browser has brought back.
     *
     * @param issuer that the answer names itself; null: none
     * @throws PlatformException {@code PROVIDER_REFUSED}, or {@code UNAVAILABLE} where the provider cannot be asked
     */
    OutsideIdentity identity(OAuthProvider provider, Attempt attempt, String code, @Nullable String issuer);

    /** The parameters that all providers take which keep to the standard. */
    static Map<String, String> parameters(OAuthProvider provider, Attempt attempt, String state) {
        var parameters = new java.util.LinkedHashMap<>(provider.parameters());
        parameters.put("response_type", "code");
        parameters.put("client_id", provider.client().id());
        parameters.put("redirect_uri", attempt.redirect());
        parameters.put("scope", String.join(" ", provider.scopes()));
        parameters.put("state", state);
        parameters.put("code_challenge", Pkce.challenge(attempt.verifier()));
        parameters.put("code_challenge_method", "S256");
        return parameters;
    }
}
