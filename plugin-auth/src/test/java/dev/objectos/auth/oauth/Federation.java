package dev.objectos.auth.oauth;

import dev.objectos.auth.TestingServer;
import dev.objectos.auth.TestingServer.Answer;
import dev.objectos.runtime.AtExit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.json.JsonMapper;

/** A server whose {@code auth.config.yml} names providers that the tests run, and browsers that go to and fro. */
final class Federation {

    private static final Federation SHARED = new Federation();

    final TestingServer server;
    final TestingProvider provider;
    final Path configuration;
    private final HttpClient client = HttpClient.newHttpClient();

    private Federation() {
        try {
            Path home = Files.createTempDirectory("federation");
            configuration = home.resolve("auth.config.yml");
            // The provider's tokens are as old as the server's clock says, which is there once the server is.
            var clock = new LateClock();
            provider = new TestingProvider(clock);
            System.setProperty("FEDERATION_CLIENT_ID", TestingProvider.CLIENT);
            System.setProperty("FEDERATION_CLIENT_SECRET", TestingProvider.SECRET);
            configure("");
            server = TestingServer.fresh(home, "auth_federation");
            clock.is(server.clock());
            AtExit.close(() -> {
                server.close();
                provider.close();
                FileSystemUtils.deleteRecursively(home);
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Federation shared() {
        SHARED.provider.reset();
        return SHARED;
    }

    /** @param local more lines of {@code providers.local} */
    void configure(String local) {
        String client = "clientId: '${FEDERATION_CLIENT_ID}', clientSecret: '${FEDERATION_CLIENT_SECRET}'";
        write("""
                providers:
                  local:
                    enabled: true
                %s
                  oauth2:
                    google: {%CLIENT%, issuer: %ORIGIN%, signUp: yes}
                    unset: {clientId: "${NOBODY_SETS_THIS}", clientSecret: x, issuer: %ORIGIN%}
                    github:
                      {%CLIENT%, signUp: yes, authorizationUrl: %ORIGIN%/github/authorize,
                       tokenUrl: %ORIGIN%/github/token, userInfoUrl: %ORIGIN%/github/user, emailsUrl: %ORIGIN%/github/emails}
                    wechat:
                      {%CLIENT%, signUp: yes, authorizationUrl: %ORIGIN%/wechat/connect,
                       tokenUrl: %ORIGIN%/wechat/token, userInfoUrl: %ORIGIN%/wechat/user}
                    plain:
                      {%CLIENT%, signUp: yes, authorizationUrl: %ORIGIN%/authorize, tokenUrl: %ORIGIN%/token,
                       userInfoUrl: %ORIGIN%/userinfo, claims: {subject: sub}}
                  oidc:
                    company:
                      %CLIENT%
                      issuer: %ORIGIN%/company
                      signUp: yes
                      syncRoles: true
                      roles: [member]
                      roleMapping: {staff: [sales, support], boss: admin}
                      claims: {roles: realm.groups}
                    members: {%CLIENT%, issuer: %ORIGIN%/members, signUp: no}
                    tenant: {%CLIENT%, issuer: %ORIGIN%/tenant}
                    domain: {%CLIENT%, issuer: %ORIGIN%/domain, signUp: yes, domains: [example.org]}
                    acme: {%CLIENT%, issuer: %ORIGIN%/acme, tenant: acme-federation, signUp: yes}
                    open: {%CLIENT%, issuer: %ORIGIN%/open, tenant: open-federation}
                    domains: {%CLIENT%, issuer: %ORIGIN%/domains, tenant: domains-federation}
                    picky: {%CLIENT%, issuer: %ORIGIN%/picky, tenant: picky-federation, signUp: yes}
                    nowhere: {%CLIENT%, issuer: %ORIGIN%/nowhere, tenant: nobody-has-this-slug, signUp: yes}
                    silent: {%CLIENT%, issuer: %ORIGIN%/silent, timeoutSeconds: 1}
                """
                .replace("      %CLIENT%\n", "      clientId: ${FEDERATION_CLIENT_ID}\n"
                        + "      clientSecret: ${FEDERATION_CLIENT_SECRET}\n")
                .replace("%CLIENT%", client)
                .replace("%ORIGIN%", provider.origin()).replace("%s", local));
    }

    void write(String yaml) {
        try {
            Files.writeString(configuration, yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An address that nobody has yet. */
    static String freshEmail() {
        return "p" + UUID.randomUUID().toString().substring(0, 13) + "@example.com";
    }

    /** Lets somebody sign in at the provider next, who has not been there before. */
    String person(String email, boolean verified) {
        String subject = UUID.randomUUID().toString();
        provider.person = Map.of("sub", subject, "email", email, "email_verified", verified, "name", "Pat Example");
        return subject;
    }

    /** Begins a way to a provider. */
    Answer begin(String name, String... members) {
        var body = new LinkedHashMap<>(Map.of("provider", name, "callbackURL", "/app"));
        for (int i = 0; i < members.length; i += 2) {
            body.put(members[i], members[i + 1]);
        }
        return server.post("/api/auth/sign-in/social", JsonMapper.shared().writeValueAsString(body));
    }

    /** Where the provider sends the browser back to, that was sent to it. */
    String visit(Answer begun) {
        try {
            URI address = URI.create(begun.json().path("url").asString());
            return client.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.discarding())
                    .headers().firstValue("Location").orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Comes back with the cookie of a browser. */
    Answer back(String address, Answer begun, String... headers) {
        var all = new String[headers.length + 2];
        all[0] = "Cookie";
        all[1] = begun.cookie();
        System.arraycopy(headers, 0, all, 2, headers.length);
        return server.get(address.substring(server.origin().length()), all);
    }

    /** The whole way. */
    Answer signIn(String name, String... members) {
        Answer begun = begin(name, members);
        return back(visit(begun), begun);
    }

    /** The session that a browser has been given. */
    static String session(Answer answer) {
        return answer.response().headers().allValues("Set-Cookie").stream()
                .filter(cookie -> cookie.startsWith("objectos.session_token=")).findFirst().orElseThrow()
                .split(";", 2)[0];
    }

    /** Whom a browser is signed in as. */
    Answer whoIs(Answer signedIn) {
        return server.get("/api/auth/get-session", "Cookie", session(signedIn));
    }
}
