package dev.objectos.auth.oauth;

import dev.objectos.auth.identity.OutsideIdentity;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** WeChat's own dialect: another name for the client, tokens by GET, refusals with status 200, and no e-mail address. */
record WeChat(ProviderHttp http) implements Protocol {

    @Override
    public URI question(OAuthProvider provider, Attempt attempt, String state) {
        var parameters = new LinkedHashMap<>(provider.parameters());
        parameters.put("appid", provider.client().id());
        parameters.put("redirect_uri", attempt.redirect());
        parameters.put("response_type", "code");
        parameters.put("scope", String.join(",", provider.scopes()));
        parameters.put("state", state);
        URI address = ProviderHttp.with(Objects.requireNonNull(provider.endpoints().authorization()), parameters);
        return URI.create(address + "#wechat_redirect");
    }

    @Override
    public OutsideIdentity identity(OAuthProvider provider, Attempt attempt, String code, @Nullable String issuer) {
        OAuthProvider.Endpoints endpoints = provider.endpoints();
        ProviderHttp.Answer tokens = ask(provider, Objects.requireNonNull(endpoints.token()),
                Map.of("appid", provider.client().id(), "secret", provider.client().secret(), "code", code,
                        "grant_type", "authorization_code"));
        String openId = tokens.text("openid");
        if (openId == null) {
            throw CodeExchange.refused(provider, "tells no openid");
        }
        ProviderHttp.Answer person = ask(provider, Objects.requireNonNull(endpoints.userInfo()),
                Map.of("access_token", CodeExchange.accessToken(provider, tokens), "openid", openId));
        // The union id is the same for every application of one company, the open id is not.
        String unionId = person.text("unionid");
        String subject = unionId == null || unionId.isBlank() ? openId : unionId;
        if (!OutsideIdentity.acceptable(subject)) {
            throw CodeExchange.refused(provider, "tells no usable openid");
        }
        return new OutsideIdentity(provider.name(), subject, null, false, person.text("nickname"), Set.of());
    }

    private ProviderHttp.Answer ask(OAuthProvider provider, URI address, Map<String, String> parameters) {
        ProviderHttp.Answer answer = http.get(provider, ProviderHttp.with(address, parameters));
        String error = answer.text("errcode");
        if (!answer.succeeded() || (error != null && !error.equals("0"))) {
            throw CodeExchange.refused(provider, "refuses with errcode " + error);
        }
        return answer;
    }
}
