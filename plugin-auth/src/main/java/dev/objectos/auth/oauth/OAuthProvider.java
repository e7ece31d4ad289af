package dev.objectos.auth.oauth;

import dev.objectos.auth.identity.Joining;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A provider at which people sign in.
 *
 * @param name by which requests and stored identities know it
 * @param label for people
 * @param issuer null: it is none of OpenID Connect
 * @param authentication null: as the provider's metadata says
 * @param parameters further ones of the address at which people are asked, such as {@code prompt}
 * @param roles names of permission sets by a value of the roles claim
 * @param trustEmail whether addresses that it does not call verified count as such
 * @param domains of verified e-mail addresses whose people alone may come; empty: all
 * @param timeout of one request to it
 */
record OAuthProvider(String name, Kind kind, String label, Client client, @Nullable URI issuer, Endpoints endpoints,
        List<String> scopes, @Nullable ClientAuthentication authentication, Map<String, String> parameters,
        Claims claims, Map<String, Set<String>> roles, boolean trustEmail, Set<String> domains, Duration timeout,
        Joining joining) {

    OAuthProvider {
        scopes = List.copyOf(scopes);
        parameters = Map.copyOf(parameters);
        roles = Map.copyOf(roles);
        domains = Set.copyOf(domains);
    }

    /** What it speaks. */
    enum Kind {
        OIDC, OAUTH2, GITHUB, WECHAT
    }

    /** How this server shows the provider who it is. */
    enum ClientAuthentication {
        /** In the header {@code Authorization}. */
        BASIC,
        /** In the form. */
        POST,
        /** Not at all; PKCE alone. */
        NONE
    }

    /** How the provider knows this server. */
    record Client(String id, String secret) {

        @Override
        public String toString() {
            return "Client[id=" + id + "]";
        }
    }

    /** Where it answers; null: as its metadata says, or nowhere. */
    record Endpoints(@Nullable URI authorization, @Nullable URI token, @Nullable URI userInfo, @Nullable URI emails,
            @Nullable URI keys) {}

    /** What it calls what it tells of people; a dot goes into what a claim holds. */
    record Claims(String subject, String email, String emailVerified, String name, String roles) {}

    /** How a session is marked that begins here. */
    String method() {
        return kind == Kind.OIDC ? "oidc" : "oauth2";
    }
}
