package dev.objectos.auth.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.auth.TestingServer;
import dev.objectos.auth.TestingServer.Answer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What people do about who they are elsewhere. */
final class LinkedAccountsTest {

    private final Federation federation = Federation.shared();
    private final TestingServer server = federation.server;

    @Test
    void linksTheProviderToTheAccountThatSomebodyIsSignedInTo() {
        String email = Federation.freshEmail();
        federation.person(email, true);
        String session = Federation.session(federation.signIn("google"));
        federation.person("another-" + email, true);
        Answer linked = link("company", session);
        assertThat(linked.status()).as("%s", linked.json()).isEqualTo(302);
        assertThat(linked.response().headers().allValues("Set-Cookie"))
                .noneMatch(cookie -> cookie.contains("session_token"));
        assertThat(providers(session)).containsExactlyInAnyOrder("google", "company");
        assertThat(federation.whoIs(federation.signIn("company")).json().at("/user/email").asString())
                .isEqualTo(email);
        assertThat(server.stored("select count(*) from platform.account where email = 'another-" + email + "'"))
                .containsExactly("0");
    }

    @Test
    void linksNobodyWhoIsSomebodyElseHere() {
        federation.person(Federation.freshEmail(), true);
        federation.signIn("company");
        Map<String, Object> other = federation.provider.person;
        federation.person(Federation.freshEmail(), true);
        String session = Federation.session(federation.signIn("google"));
        federation.provider.person = other;
        assertThat(link("company", session).code()).isEqualTo("ACCOUNT_NOT_LINKED");
        assertThat(providers(session)).containsExactly("google");
    }

    @Test
    void takesAwayALinkButNotTheLastWayIn() {
        federation.person(Federation.freshEmail(), true);
        String session = Federation.session(federation.signIn("google"));
        Answer last = unlink("google", session);
        assertThat(last.status()).isEqualTo(409);
        assertThat(last.code()).isEqualTo("LAST_WAY_IN");
        assertThat(providers(session)).containsExactly("google");
        link("company", session);
        assertThat(unlink("google", session).status()).isEqualTo(200);
        assertThat(providers(session)).containsExactly("company");
        assertThat(unlink("google", session).status()).isEqualTo(404);
    }

    @Test
    void takesAwayALinkByTheIdThatItIsListedUnder() {
        federation.person(Federation.freshEmail(), true);
        String session = Federation.session(federation.signIn("google"));
        link("company", session);
        String id = server.get("/api/auth/list-accounts", "Cookie", session).json().values().stream()
                .filter(account -> account.path("providerId").asString().equals("google"))
                .map(account -> account.path("id").asString()).findFirst().orElseThrow();
        String wanted = "{\"accountId\":\"" + id + "\"}";
        assertThat(send(wanted, session).status()).isEqualTo(200);
        assertThat(providers(session)).containsExactly("company");
        assertThat(send(wanted, session).code()).isEqualTo("RESOURCE_NOT_FOUND");
        assertThat(send("{}", session).json().at("/fields/0/field").asString()).isEqualTo("providerId");
    }

    @Test
    void isForThoseWhoHaveSignedIn() {
        assertThat(server.post("/api/auth/link-social", "{\"provider\":\"google\"}").status()).isEqualTo(401);
        assertThat(server.post("/api/auth/unlink-account", "{\"providerId\":\"google\"}").status()).isEqualTo(401);
        assertThat(server.get("/api/auth/list-accounts").status()).isEqualTo(401);
        Answer own = server.get("/api/auth/list-accounts", "Authorization", "Bearer " + server.administrator());
        assertThat(own.json().values()).extracting(account -> account.path("providerId").asString())
                .containsExactly("credential");
    }

    private Answer link(String provider, String session) {
        Answer begun = server.post("/api/auth/link-social",
                "{\"provider\":\"" + provider + "\",\"callbackURL\":\"/me\"}", "Cookie", session, "Origin",
                server.origin());
        assertThat(begun.status()).as("%s", begun.json()).isEqualTo(200);
        return federation.back(federation.visit(begun), begun);
    }

    private Answer unlink(String provider, String session) {
        return send("{\"providerId\":\"" + provider + "\"}", session);
    }

    private Answer send(String unlinking, String session) {
        return server.post("/api/auth/unlink-account", unlinking, "Cookie", session, "Origin", server.origin());
    }

    private List<String> providers(String session) {
        return server.get("/api/auth/list-accounts", "Cookie", session).json().values().stream()
                .map(account -> account.path("providerId").asString()).toList();
    }
}
