package dev.objectos.auth.oauth;

import dev.objectos.auth.identity.OutsideIdentity;
import dev.objectos.auth.oauth.OAuthProvider.ClientAuthentication;
import java.net.URI;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** GitHub: OAuth 2, and an address that tells which of somebody's e-mail addresses are theirs. */
record GitHub(ProviderHttp http, CodeExchange exchange) implements Protocol {

    @Override
    public URI question(OAuthProvider provider, Attempt attempt, String state) {
        return ProviderHttp.with(Objects.requireNonNull(provider.endpoints().authorization()),
                Protocol.parameters(provider, attempt, state));
    }

    @Override
    public OutsideIdentity identity(OAuthProvider provider, Attempt attempt, String code, @Nullable String issuer) {
        OAuthProvider.Endpoints endpoints = provider.endpoints();
        ProviderHttp.Answer tokens = exchange.tokens(provider, Objects.requireNonNull(endpoints.token()),
                Objects.requireNonNullElse(provider.authentication(), ClientAuthentication.POST), attempt, code);
        String token = CodeExchange.accessToken(provider, tokens);
        JsonNode person = ask(provider, Objects.requireNonNull(endpoints.userInfo()), token);
        String subject = person.path("id").asString("");
        if (!OutsideIdentity.acceptable(subject)) {
            throw CodeExchange.refused(provider, "tells no id");
        }
        // The address in the profile may be anybody's; only this list says what was verified.
        Optional<String> email = ask(provider, Objects.requireNonNull(endpoints.emails()), token).values().stream()
                .filter(entry -> entry.path("primary").asBoolean(false) && entry.path("verified").asBoolean(false))
                .map(entry -> entry.path("email").asString("")).findFirst();
        String name = person.path("name").asString("");
        return new OutsideIdentity(provider.name(), subject, email.orElse(null), email.isPresent(),
                name.isBlank() ? person.path("login").asString("") : name, Set.of());
    }

    private JsonNode ask(OAuthProvider provider, URI address, String token) {
        ProviderHttp.Answer answer = http.get(provider, address, "Authorization", "Bearer " + token);
        if (!answer.succeeded()) {
            throw CodeExchange.refused(provider, "does not tell whose its token is");
        }
        return answer.json();
    }
}
