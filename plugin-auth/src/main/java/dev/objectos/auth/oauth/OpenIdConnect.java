package dev.objectos.auth.oauth;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.objectos.auth.identity.OutsideIdentity;
import java.net.URI;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** OpenID Connect Core 1.0 with the authorization code flow. */
record OpenIdConnect(ProviderHttp http, OpenIdMetadata metadata, IdTokens tokens, CodeExchange exchange)
        implements
            Protocol {

    @Override
    public URI question(OAuthProvider provider, Attempt attempt, String state) {
        var parameters = Protocol.parameters(provider, attempt, state);
        parameters.put("nonce", attempt.nonce());
        return ProviderHttp.with(metadata.of(provider).authorization(), parameters);
    }

    @Override
    public OutsideIdentity identity(OAuthProvider provider, Attempt attempt, String code, @Nullable String issuer) {
        OpenIdMetadata.Issuer asked = metadata.of(provider);
        if (issuer == null ? asked.namesItself() : !issuer.equals(asked.name())) {
            throw CodeExchange.refused(provider, "was asked, and " + issuer + " has answered");
        }
        ProviderHttp.Answer answer = exchange.tokens(provider, asked.token(), asked.authentication(), attempt, code);
        String token = answer.text("id_token");
        if (token == null) {
            throw CodeExchange.refused(provider, "gives no ID token");
        }
        ObjectNode claims = json(tokens.verify(token, provider, asked, attempt.nonce()));
        URI userInfo = asked.userInfo();
        if (userInfo != null && !new ClaimValues(provider, claims).tellsEmail()
                && answer.text("access_token") != null) {
            addUserInfo(claims, provider, userInfo, CodeExchange.accessToken(provider, answer));
        }
        return new ClaimValues(provider, claims).identity();
    }

    /**
     * Who an ID token names that a client has got from the provider by itself.
     *
     * @param nonce that the client has asked with; null: none
     */
    OutsideIdentity identity(OAuthProvider provider, String token, @Nullable String nonce) {
        return new ClaimValues(provider, json(tokens.verifyYoung(token, provider, metadata.of(provider), nonce)))
                .identity();
    }

    private static ObjectNode json(JWTClaimsSet claims) {
        return (ObjectNode) JsonMapper.shared().readTree(claims.toString());
    }

    /** The token has the last word: what is asked with the access token alone may have been put in its place. */
    private void addUserInfo(ObjectNode claims, OAuthProvider provider, URI address, String accessToken) {
        ProviderHttp.Answer answer = http.get(provider, address, "Authorization", "Bearer " + accessToken);
        if (!answer.succeeded() || !Objects.equals(answer.text("sub"), claims.path("sub").asString(""))) {
            throw CodeExchange.refused(provider, "tells of somebody else than its token");
        }
        for (var member : answer.json().properties()) {
            JsonNode known = claims.path(member.getKey());
            if (known.isMissingNode()) {
                claims.set(member.getKey(), member.getValue());
            }
        }
    }
}
