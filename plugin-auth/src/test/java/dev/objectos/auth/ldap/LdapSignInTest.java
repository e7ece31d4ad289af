package dev.objectos.auth.ldap;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import dev.objectos.auth.TestingServer;
import dev.objectos.auth.TestingServer.Answer;
import dev.objectos.auth.account.Accounts;
import dev.objectos.auth.account.NewAccount;
import dev.objectos.runtime.session.Session;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Signing in with a directory over HTTP. */
final class LdapSignInTest {

    @SuppressWarnings("NullAway.Init")
    private static TestingDirectory directory;

    @SuppressWarnings("NullAway.Init")
    private static TestingServer server;

    @BeforeAll
    static void start() throws Exception {
        directory = TestingDirectory.start();
        server = TestingServer.guarded();
        server.configure("""
                providers:
                  ldap:
                    main:
                      url: %1$s
                      bindDn: %2$s
                      bindPassword: %3$s
                      searchBase: %4$s
                      groupSearchBase: %5$s
                      roleMapping: {Staff: staff, Bosses: [boss, staff]}
                      roles: [everybody]
                      trustEmail: true
                    doubtful:
                      url: %1$s
                      userDnPattern: uid={username},%4$s
                    down: {url: 'ldap://127.0.0.1:1', userDnPattern: 'uid={username},dc=x', timeoutSeconds: 1}
                """.formatted(directory.url("ldap"), TestingDirectory.SERVICE, TestingDirectory.SECRET,
                TestingDirectory.PEOPLE, TestingDirectory.GROUPS));
    }

    @AfterAll
    static void stop() {
        server.configure("providers: {}\n");
        directory.close();
    }

    @Test
    void makesAnAccountAtTheFirstSignInAndFindsItAgain() throws Exception {
        directory.person("ada", "mail: ada.directory@example.org", "displayName: Ada Lovelace");
        directory.group("Staff", "ada");
        Answer first = signIn("ada", TestingDirectory.PASSWORD, "main");
        assertThat(first.status()).as("%s", first.json()).isEqualTo(200);
        assertThat(first.json().at("/user/name").asString()).isEqualTo("Ada Lovelace");
        assertThat(first.json().at("/user/email").asString()).isEqualTo("ada.directory@example.org");
        assertThat(first.json().at("/user/role").asString()).isEqualTo("everybody,staff");
        assertThat(first.cookie()).startsWith("objectos.session_token=");
        directory.server().modify("uid=ada," + TestingDirectory.PEOPLE,
                new Modification(ModificationType.REPLACE, "mail", "ada.married@example.org"));
        directory.group("Bosses", "ada");
        Answer second = signIn("ADA", TestingDirectory.PASSWORD, "main");
        assertThat(second.json().at("/user/id")).isEqualTo(first.json().at("/user/id"));
        assertThat(second.json().at("/user/role").asString()).as("as the groups are now")
                .isEqualTo("boss,everybody,staff");
        directory.server().delete("cn=Staff," + TestingDirectory.GROUPS);
        directory.server().delete("cn=Bosses," + TestingDirectory.GROUPS);
        assertThat(signIn("ada", TestingDirectory.PASSWORD, "main").json().at("/user/role").asString())
                .isEqualTo("everybody");
        assertThat(server.stored("select distinct method from platform.login_session")).contains("ldap");
    }

    @Test
    void answersAsForAWrongPasswordWhateverIsWrong() throws Exception {
        directory.person("grace", "mail: grace@example.org");
        for (Answer answer : new Answer[]{signIn("grace", "wrong", "main"), signIn("nobody", "wrong", "main"),
                signIn("*", TestingDirectory.PASSWORD, "main"), signIn("grace", "wrong", "doubtful")}) {
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.code()).isEqualTo("INVALID_EMAIL_OR_PASSWORD");
            assertThat(answer.header("Set-Cookie")).isNull();
        }
        Answer empty = signIn("grace", "", "main");
        assertThat(empty.status()).as("a bind without a password would succeed").isEqualTo(400);
        assertThat(empty.code()).isEqualTo("VALIDATION_FAILED");
    }

    @Test
    void blocksWhoGuessesAndNobodyWhileTheDirectoryIsDown() throws Exception {
        directory.person("heidi", "mail: heidi@example.org");
        for (int i = 0; i < 5; i++) {
            assertThat(signIn("heidi", "wrong", "main").status()).isEqualTo(401);
        }
        assertThat(signIn("heidi", TestingDirectory.PASSWORD, "main").code()).isEqualTo("RATE_LIMITED");
        assertThat(server.signIn("heidi", TestingDirectory.PASSWORD).code()).as("by every way").isEqualTo(
                "RATE_LIMITED");
        server.clock().advance(Duration.ofHours(2));
        assertThat(signIn("heidi", TestingDirectory.PASSWORD, "main").status()).isEqualTo(200);
        for (int i = 0; i < 7; i++) {
            Answer down = signIn("heidi", TestingDirectory.PASSWORD, "down");
            assertThat(down.status()).isEqualTo(503);
            assertThat(down.code()).isEqualTo("UNAVAILABLE");
            assertThat(down.header("Retry-After")).isEqualTo("30");
        }
        assertThat(signIn("heidi", TestingDirectory.PASSWORD, "main").status()).isEqualTo(200);
    }

    @Test
    void opensAnAccountOfTheSameAddressOnlyWhereTheDirectoryIsTrusted() throws Exception {
        directory.person("ivan", "mail: ivan@example.org");
        directory.person("judy", "mail: judy@example.org");
        Accounts accounts = server.bean(Accounts.class);
        var known = accounts.create(NewAccount.person("ivan@example.org", "Ivan", true), Session.DEFAULT_TENANT,
                Set.of());
        accounts.create(NewAccount.person("judy@example.org", "Not Judy", false), Session.DEFAULT_TENANT, Set.of());
        assertThat(signIn("ivan", TestingDirectory.PASSWORD, "doubtful").code()).isEqualTo("ACCOUNT_NOT_LINKED");
        Answer trusted = signIn("ivan", TestingDirectory.PASSWORD, "main");
        assertThat(trusted.status()).as("%s", trusted.json()).isEqualTo(200);
        assertThat(server.stored("select account_id from platform.linked_identity where provider = 'ldap-main' "
                + "and email = 'ivan@example.org'")).containsExactly(known.id().toString());
        assertThat(signIn("judy", TestingDirectory.PASSWORD, "main").code())
                .as("whoever signed up with an address that nobody has checked").isEqualTo("ACCOUNT_NOT_LINKED");
    }

    @Test
    void asksWhichDirectoryIsMeant() {
        Answer which = signIn("ada", "x", null);
        assertThat(which.status()).isEqualTo(400);
        assertThat(which.json().path("fields").findValuesAsString("field")).containsExactly("provider");
        assertThat(signIn("ada", "x", "other").status()).isEqualTo(404);
        assertThat(server.post("/api/auth/sign-in/ldap", "{}").json().path("fields").findValuesAsString("field"))
                .containsExactly("username", "password", "provider");
        assertThat(TestingServer.shared().post("/api/auth/sign-in/ldap", "{\"username\":\"a\",\"password\":\"b\"}")
                .status()).as("no directory at all").isEqualTo(404);
    }

    private static Answer signIn(String username, String password,
            @org.jspecify.annotations.Nullable String provider) {
        Map<String, String> body = provider == null
                ? Map.of("username", username, "password", password)
                : Map.of("username", username, "password", password, "provider", provider);
        return server.post("/api/auth/sign-in/ldap", JsonMapper.shared().writeValueAsString(body));
    }
}
