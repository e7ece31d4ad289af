package dev.objectos.auth.oauth;

import dev.objectos.auth.identity.OutsideIdentity;
import dev.objectos.auth.oauth.OAuthProvider.ClientAuthentication;
import java.net.URI;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** OAuth 2 with an address that tells whose an access token is. */
record PlainOAuth(ProviderHttp http, CodeExchange exchange) implements Protocol {

    @Override
    public URI question(OAuthProvider provider, Attempt attempt, String state) {
        return ProviderHttp.with(Objects.requireNonNull(provider.endpoints().authorization()),
                Protocol.parameters(provider, attempt, state));
    }

    @Override
    public OutsideIdentity identity(OAuthProvider provider, Attempt attempt, String code, @Nullable String issuer) {
        ProviderHttp.Answer tokens = exchange.tokens(provider, Objects.requireNonNull(provider.endpoints().token()),
                Objects.requireNonNullElse(provider.authentication(), ClientAuthentication.BASIC), attempt, code);
        ProviderHttp.Answer person = http.get(provider, Objects.requireNonNull(provider.endpoints().userInfo()),
                "Authorization", "Bearer " + CodeExchange.accessToken(provider, tokens));
        if (!person.succeeded()) {
            throw CodeExchange.refused(provider, "does not tell whose its token is");
        }
        return new ClaimValues(provider, person.json()).identity();
    }
}
