package dev.objectos.auth.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.auth.TestingServer;
import dev.objectos.auth.TestingServer.Answer;
import dev.objectos.auth.account.Accounts;
import dev.objectos.auth.account.NewAccount;
import dev.objectos.runtime.session.Session;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Providers that know no ID tokens. */
final class PlainProviderTest {

    private final Federation federation = Federation.shared();
    private final TestingServer server = federation.server;
    private final TestingProvider provider = federation.provider;

    @Test
    void signsInByGitHubWithTheAddressThatGitHubHasVerified() {
        String email = Federation.freshEmail();
        provider.person = Map.of("id", 4711_000_000L + email.hashCode(), "login", "octo", "email", "public@example.com",
                "emails", List.of(Map.of("email", "other@example.com", "primary", false, "verified", true),
                        Map.of("email", email, "primary", true, "verified", true)));
        Answer session = federation.whoIs(federation.signIn("github"));
        assertThat(session.json().at("/user/email").asString()).isEqualTo(email);
        assertThat(session.json().at("/user/name").asString()).isEqualTo("octo");

        server.bean(Accounts.class).create(NewAccount.person("public2" + email, "Somebody", true),
                Session.DEFAULT_TENANT, Set.of("member"));
        provider.person = Map.of("id", 815_000_000L + email.hashCode(), "login", "thief", "email", "public2" + email,
                "emails", List.of(Map.of("email", "public2" + email, "primary", true, "verified", false)));
        assertThat(federation.whoIs(federation.signIn("github")).json().at("/user/email").asString())
                .as("an address that nobody has verified is nobody's").endsWith(".invalid");
    }

    @Test
    void signsInByWeChatWithoutAnAddress() {
        String id = UUID.randomUUID().toString();
        provider.person = Map.of("id", id, "name", "小明");
        Answer begun = federation.begin("wechat");
        assertThat(begun.json().path("url").asString()).endsWith("#wechat_redirect").contains("appid=");
        Answer first = federation.back(federation.visit(begun), begun);
        Answer session = federation.whoIs(first);
        assertThat(session.json().at("/user/name").asString()).isEqualTo("小明");
        assertThat(session.json().at("/user/emailVerified").asBoolean(true)).isFalse();
        assertThat(federation.whoIs(federation.signIn("wechat")).json().at("/user/id"))
                .isEqualTo(session.json().at("/user/id"));
        assertThat(server.stored("select subject from platform.linked_identity where provider = 'wechat'"))
                .contains("union-" + id);
        assertThat(federation.back(federation.visit(federation.begin("wechat")), begun).code())
                .isEqualTo("STATE_MISMATCH");
    }

    @Test
    void signsInByAnyOAuthProviderThatTellsWhoSomebodyIs() {
        String email = Federation.freshEmail();
        federation.person(email, true);
        assertThat(federation.whoIs(federation.signIn("plain")).json().at("/user/email").asString())
                .isEqualTo(email);
    }
}
