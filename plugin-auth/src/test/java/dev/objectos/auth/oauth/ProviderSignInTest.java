package dev.objectos.auth.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.auth.TestingServer;
import dev.objectos.auth.TestingServer.Answer;
import dev.objectos.auth.account.Account;
import dev.objectos.auth.account.Accounts;
import dev.objectos.auth.account.NewAccount;
import dev.objectos.runtime.session.Session;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Ways to providers and back, as browsers and as attackers go them. */
final class ProviderSignInTest {

    private final Federation federation = Federation.shared();
    private final TestingServer server = federation.server;
    private final TestingProvider provider = federation.provider;

    @Test
    void signsInSomebodyNewAndKnowsThemTheNextTime() {
        String email = Federation.freshEmail();
        String subject = federation.person(email, true);
        Answer first = federation.signIn("google");
        assertThat(first.status()).as("%s", first.json()).isEqualTo(302);
        assertThat(first.header("Location")).isEqualTo("/app");
        assertThat(first.header("Cache-Control")).isEqualTo("no-store");
        Answer session = federation.whoIs(first);
        assertThat(session.json().at("/user/email").asString()).isEqualTo(email);
        assertThat(session.json().at("/user/emailVerified").asBoolean()).isTrue();
        assertThat(session.json().at("/user/name").asString()).isEqualTo("Pat Example");
        assertThat(session.json().at("/user/roles").values()).extracting(role -> role.asString())
                .containsExactly("member");

        provider.person = Map.of("sub", subject, "email", "moved-" + email, "email_verified", true, "name", "Pat");
        Answer second = federation.whoIs(federation.signIn("google"));
        assertThat(second.json().at("/user/id")).isEqualTo(session.json().at("/user/id"));
        assertThat(second.json().at("/user/email").asString()).as("the address is ours").isEqualTo(email);
        assertThat(server.stored("select method from platform.login_session s join platform.account a"
                + " on a.id = s.account_id where a.email = '" + email + "'")).containsOnly("oidc");
    }

    @Test
    void asksTheProviderWithEverythingThatTiesTheAnswerToTheQuestion() {
        Answer begun = federation.begin("google");
        assertThat(begun.json().path("redirect").asBoolean()).isTrue();
        assertThat(begun.header("Set-Cookie")).contains("HttpOnly", "SameSite=Lax", "Max-Age=600");
        String url = begun.json().path("url").asString();
        Map<String, String> asked = TestingProvider.parameters(url);
        assertThat(asked).containsEntry("response_type", "code").containsEntry("client_id", TestingProvider.CLIENT)
                .containsEntry("redirect_uri", server.origin() + "/api/auth/callback/google")
                .containsEntry("scope", "openid email profile").containsEntry("code_challenge_method", "S256")
                .containsKeys("state", "nonce", "code_challenge");
        assertThat(url).doesNotContain("secret");
        assertThat(federation.begin("google", "disableRedirect", "true").json().path("redirect").asBoolean(true))
                .isFalse();
        assertThat(server.post("/api/auth/sign-in/oauth2", "{\"providerId\":\"company\"}").json().path("url")
                .asString()).startsWith(provider.origin() + "/company/authorize");
    }

    @Test
    void offersWhatIsSetUpAndNothingWhoseVariablesAreNotSet() {
        Answer offered = server.get("/api/auth/providers");
        assertThat(offered.json().path("providers").findValuesAsString("id")).contains("google", "github", "company")
                .doesNotContain("unset");
        JsonNode page = server.get("/api/auth/config").json();
        assertThat(page.path("socialProviders").valueStream()
                .map(shown -> shown.path("id").asString() + " " + shown.path("type").asString()))
                .contains("google oidc", "github social").noneMatch(shown -> shown.startsWith("unset"));
        assertThat(page.at("/emailPassword/enabled").asBoolean()).isTrue();
        assertThat(page.at("/emailPassword/disableSignUp").asBoolean()).isTrue();
        assertThat(server.get("/api/auth/bootstrap-status").json().path("hasOwner").asBoolean()).isTrue();
        assertThat(federation.begin("unset").code()).isEqualTo("PROVIDER_NOT_FOUND");
        assertThat(federation.begin("nobody").status()).isEqualTo(404);
        assertThat(server.post("/api/auth/sign-in/social", "{}").code()).isEqualTo("VALIDATION_FAILED");
    }

    @Test
    void takesAnAnswerOnce() {
        federation.person(Federation.freshEmail(), true);
        Answer begun = federation.begin("google");
        String address = federation.visit(begun);
        assertThat(federation.back(address, begun).status()).isEqualTo(302);
        assertThat(federation.back(address, begun).code()).isEqualTo("STATE_MISMATCH");
    }

    @Test
    void takesNoAnswerFromABrowserThatHasNotAsked() {
        federation.person(Federation.freshEmail(), true);
        Answer victim = federation.begin("google");
        Answer attacker = federation.begin("google");
        String address = federation.visit(attacker);
        assertThat(federation.back(address, victim).code()).isEqualTo("STATE_MISMATCH");
        assertThat(server.get(address.substring(server.origin().length())).code()).isEqualTo("STATE_MISMATCH");
        assertThat(federation.back(address, attacker).status()).as("its own browser may still come").isEqualTo(302);
    }

    @Test
    void takesNoCodeThatAnotherBrowserHasBrought() {
        federation.person(Federation.freshEmail(), true);
        String stolen = TestingProvider.parameters(federation.visit(federation.begin("google"))).get("code");
        Answer own = federation.begin("google");
        String address = federation.visit(own).replaceFirst("code=[^&]+", "code=" + stolen);
        assertThat(federation.back(address, own).code()).isEqualTo("PROVIDER_REFUSED");
    }

    @Test
    void takesNoAnswerOfAProviderThatWasNotAsked() {
        federation.person(Federation.freshEmail(), true);
        Answer begun = federation.begin("google");
        String elsewhere = federation.visit(begun).replace("/callback/google", "/callback/company");
        assertThat(federation.back(elsewhere, begun).code()).isEqualTo("STATE_MISMATCH");
        provider.namedIssuer = provider.origin() + "/company";
        assertThat(federation.signIn("google").code()).as("mix-up").isEqualTo("PROVIDER_REFUSED");
        provider.namedIssuer = "";
        assertThat(federation.signIn("google").code()).as("not named at all").isEqualTo("PROVIDER_REFUSED");
    }

    @Test
    void forgetsAWayThatTakesTooLong() {
        federation.person(Federation.freshEmail(), true);
        Answer begun = federation.begin("google");
        String address = federation.visit(begun);
        server.clock().advance(Duration.ofMinutes(11));
        assertThat(federation.back(address, begun).code()).isEqualTo("STATE_MISMATCH");
    }

    @Test
    void saysWhatWentWrongWhereTheClientWantsToReadIt() {
        federation.person(Federation.freshEmail(), true);
        Answer begun = federation.begin("google", "errorCallbackURL", "/failed?from=here");
        String state = TestingProvider.parameters(begun.json().path("url").asString()).get("state");
        Answer cancelled = federation.back(
                server.origin() + "/api/auth/callback/google?error=access_denied&state=" + state, begun);
        assertThat(cancelled.status()).isEqualTo(302);
        assertThat(cancelled.header("Location")).startsWith("/failed?from=here&").contains("error=provider_refused");
        provider.claims = token -> token.audience("another");
        assertThat(federation.signIn("google", "errorCallbackURL", "/failed").header("Location"))
                .contains("error=provider_refused").doesNotContain("audience");
    }

    @Test
    void waitsForNoProviderThatIsDownAndBlamesNobody() {
        Answer silent = federation.begin("silent");
        assertThat(silent.status()).isEqualTo(503);
        assertThat(silent.code()).isEqualTo("UNAVAILABLE");
        federation.person(Federation.freshEmail(), true);
        provider.failing = "/token";
        assertThat(federation.signIn("google").status()).isEqualTo(503);
        assertThat(federation.signIn("google", "errorCallbackURL", "/failed").header("Location"))
                .contains("error=unavailable");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)",
            "http://127.0.0.1@evil.example/", "http://127.0.0.1:1/", "evil", "/a\nb", "data:text/html,x"})
    void sendsNobodyOnToAStranger(String address) {
        Answer answer = federation.begin("google", "callbackURL", address);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("fields").findValuesAsString("field")).containsExactly("callbackURL");
        assertThat(federation.begin("google", "errorCallbackURL", address).status()).isEqualTo(400);
        assertThat(federation.begin("google", "callbackURL", server.origin() + "/app").status()).isEqualTo(200);
    }

    @Test
    void believesItsOwnAddressFromNobodyElse() {
        federation.person(Federation.freshEmail(), true);
        Answer answer = server.post("/api/auth/sign-in/social", "{\"provider\":\"google\"}", "X-Forwarded-Host",
                "evil.example");
        assertThat(TestingProvider.parameters(answer.json().path("url").asString()).get("redirect_uri"))
                .doesNotContain("evil");
    }

    @Test
    void opensAnAccountOfTheSameAddressOnlyWhereBothSidesKnowWhoseItIs() {
        String known = Federation.freshEmail();
        Account owner = account(known, true);
        federation.person(known.toUpperCase(java.util.Locale.ROOT), true);
        assertThat(federation.whoIs(federation.signIn("google")).status()).isEqualTo(200);
        assertThat(server.stored("select provider from platform.linked_identity where account_id = '" + owner.id()
                + "'")).containsExactly("google");

        federation.person(known, false);
        assertThat(federation.signIn("company").code()).as("the provider does not know").isEqualTo(
                "ACCOUNT_NOT_LINKED");
        String squatted = Federation.freshEmail();
        account(squatted, false);
        federation.person(squatted, true);
        assertThat(federation.signIn("google").code()).as("somebody waits for the owner").isEqualTo(
                "ACCOUNT_NOT_LINKED");
    }

    @Test
    void makesAccountsOnlyWhereTheProviderMay() {
        String email = Federation.freshEmail();
        federation.person(email, true);
        assertThat(federation.signIn("members").code()).isEqualTo("SIGN_UP_REFUSED");
        assertThat(federation.signIn("tenant").code()).as("the tenant invites").isEqualTo("SIGN_UP_REFUSED");
        assertThat(federation.signIn("domain").code()).as("another domain").isEqualTo("SIGN_UP_REFUSED");
        assertThat(server.stored("select id from platform.account where email = '" + email + "'")).isEmpty();
        account(email, true);
        assertThat(federation.signIn("members").status()).as("there is one now").isEqualTo(302);
        assertThat(federation.signIn("domain").code()).isEqualTo("SIGN_UP_REFUSED");
        provider.person = Map.of("sub", UUID.randomUUID().toString(), "email", "x" + UUID.randomUUID()
                + "@Example.ORG", "email_verified", true);
        assertThat(federation.signIn("domain").status()).isEqualTo(302);
    }

    @Test
    void givesTheRolesThatAreMappedAndTakesThemAway() {
        String email = Federation.freshEmail();
        String subject = federation.person(email, true);
        provider.person = Map.of("sub", subject, "email", email, "email_verified", true, "realm",
                Map.of("groups", List.of("staff", "admin")));
        assertThat(roles(federation.signIn("company"))).containsExactly("member", "sales", "support");
        provider.person = Map.of("sub", subject, "email", email, "email_verified", true, "realm",
                Map.of("groups", "boss"));
        assertThat(roles(federation.signIn("company"))).containsExactly("admin", "member");
        provider.person = Map.of("sub", subject, "email", email, "email_verified", true);
        assertThat(roles(federation.signIn("company"))).containsExactly("member");
    }

    private List<String> roles(Answer signedIn) {
        return federation.whoIs(signedIn).json().at("/user/roles").values().stream().map(role -> role.asString())
                .toList();
    }

    @Test
    void makesOneAccountForSomebodyWhoArrivesTwiceAtOnce() throws Exception {
        String email = Federation.freshEmail();
        federation.person(email, true);
        var ways = new ArrayList<Callable<Answer>>();
        for (int i = 0; i < 6; i++) {
            Answer begun = federation.begin("google");
            String address = federation.visit(begun);
            ways.add(() -> federation.back(address, begun));
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Answer> arrived : threads.invokeAll(ways)) {
                assertThat(arrived.get().status()).as("%s", arrived.get().json()).isEqualTo(302);
            }
        }
        assertThat(server.stored("select count(*) from platform.account where email = '" + email + "'"))
                .containsExactly("1");
    }

    @Test
    void letsNobodyInWhoIsBanned() {
        String email = Federation.freshEmail();
        federation.person(email, true);
        federation.signIn("google");
        server.stored("update platform.account set banned_at = now() where email = '" + email + "' returning id");
        assertThat(federation.signIn("google").code()).isEqualTo("ACCOUNT_BANNED");
    }

    @Test
    void takesWhatAProviderPosts() {
        federation.person(Federation.freshEmail(), true);
        Answer begun = federation.begin("google");
        String brought = federation.visit(begun);
        Answer posted = server.post("/api/auth/callback/google", brought.substring(brought.indexOf('?') + 1),
                "Content-Type", "application/x-www-form-urlencoded");
        assertThat(posted.status()).isEqualTo(303);
        assertThat(federation.back(server.origin() + posted.header("Location"), begun).status()).isEqualTo(302);
    }

    private Account account(String email, boolean verified) {
        return server.bean(Accounts.class).create(NewAccount.person(email, "Somebody", verified),
                Session.DEFAULT_TENANT, Set.of("member"));
    }
}
