package dev.objectos.auth.passkey;

import static org.assertj.core.api.Assertions.assertThat;

import com.webauthn4j.data.attestation.authenticator.AuthenticatorData;
import dev.objectos.auth.TestingServer;
import dev.objectos.auth.TestingServer.Answer;
import dev.objectos.auth.account.Account;
import dev.objectos.auth.account.Accounts;
import dev.objectos.auth.account.NewAccount;
import dev.objectos.auth.account.PasswordStore;
import dev.objectos.auth.session.Logins;
import dev.objectos.runtime.session.Session;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Adding passkeys and signing in with them, over HTTP. */
final class PasskeyTest {

    private static final String PASSWORD = "a long enough pass phrase";

    @SuppressWarnings("NullAway.Init")
    private static TestingServer server;

    @BeforeAll
    static void start() {
        server = TestingServer.shared();
    }

    @Test
    void signsInWhoHasAddedOne() {
        Person person = person();
        var authenticator = new TestingAuthenticator();
        Answer added = person.add(authenticator, "My key");
        assertThat(added.status()).as("%s", added.json()).isEqualTo(200);
        assertThat(added.json().path("name").asString()).isEqualTo("My key");
        assertThat(added.json().path("credentialID").asString()).isEqualTo(authenticator.credentialId());
        Answer signedIn = signIn(authenticator);
        assertThat(signedIn.status()).as("%s", signedIn.json()).isEqualTo(200);
        assertThat(signedIn.json().at("/user/email").asString()).isEqualTo(person.account().email());
        assertThat(signedIn.json().at("/session/userId")).isEqualTo(signedIn.json().at("/user/id"));
        assertThat(signedIn.response().headers().allValues("Set-Cookie")).anyMatch(cookie -> cookie.startsWith(
                "objectos.session_token="));
        assertThat(bearer("/api/auth/get-session", signedIn.token()).json().at("/user/email").asString())
                .isEqualTo(person.account().email());
        assertThat(server.stored("select method from platform.login_session where account_id = '"
                + person.account().id() + "'")).contains("passkey");
    }

    @Test
    void asksForADiscoverableKeyAndAVerifiedOwner() {
        Person person = person();
        var first = new TestingAuthenticator();
        person.add(first, "First");
        Answer options = bearer("/api/auth/passkey/generate-register-options?authenticatorAttachment=platform",
                person.token());
        JsonNode json = options.json();
        assertThat(options.header("Set-Cookie")).contains("objectos.passkey_challenge=", "HttpOnly", "SameSite=Lax");
        assertThat(json.at("/rp/id").asString()).isEqualTo("localhost");
        assertThat(json.at("/authenticatorSelection/residentKey").asString()).isEqualTo("required");
        assertThat(json.at("/authenticatorSelection/userVerification").asString()).isEqualTo("required");
        assertThat(json.at("/authenticatorSelection/authenticatorAttachment").asString()).isEqualTo("platform");
        assertThat(json.at("/excludeCredentials/0/id").asString()).isEqualTo(first.credentialId());
        assertThat(json.at("/user/name").asString()).isEqualTo(person.account().email());
        assertThat(bearer("/api/auth/passkey/generate-register-options?authenticatorAttachment=x", person.token())
                .code()).isEqualTo("VALIDATION_FAILED");
        Answer anonymous = server.get("/api/auth/passkey/generate-authenticate-options");
        assertThat(anonymous.json().path("allowCredentials")).as("tells nobody who has which").isEmpty();
        assertThat(anonymous.json().path("userVerification").asString()).isEqualTo("required");
        assertThat(bearer("/api/auth/passkey/generate-authenticate-options", person.token()).json()
                .at("/allowCredentials/0/id").asString()).isEqualTo(first.credentialId());
    }

    @ParameterizedTest
    @ValueSource(strings = {"origin", "rpId", "userVerification", "userPresence", "signature", "handle", "noHandle",
            "otherHost", "backup"})
    void refusesAnAnswerThatWasNotMadeForThis(String wrong) {
        var authenticator = new TestingAuthenticator();
        person().add(authenticator, "Key");
        spoil(authenticator, wrong);
        refused(signIn(authenticator));
    }

    @ParameterizedTest
    @ValueSource(strings = {"origin", "rpId", "userVerification", "userPresence", "otherHost"})
    void addsNothingThatWasNotMadeForThis(String wrong) {
        Person person = person();
        var authenticator = new TestingAuthenticator();
        spoil(authenticator, wrong);
        Answer answer = person.add(authenticator, "Key");
        assertThat(answer.status()).as("%s", answer.json()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("FAILED_TO_VERIFY_REGISTRATION");
        assertThat(bearer("/api/auth/passkey/list-user-passkeys", person.token()).json()).isEmpty();
    }

    private static void spoil(TestingAuthenticator authenticator, String wrong) {
        switch (wrong) {
            case "origin" -> authenticator.origin = "https://evil.example";
            case "otherHost" -> authenticator.origin = "http://localhost.evil.example:3000";
            case "rpId" -> authenticator.rpId = "evil.example";
            case "userVerification" -> authenticator.flags = AuthenticatorData.BIT_UP;
            case "userPresence" -> authenticator.flags = AuthenticatorData.BIT_UV;
            case "signature" -> authenticator.tampered = true;
            case "handle" -> authenticator.userHandle = RelyingParty.handle(UUID.randomUUID());
            case "noHandle" -> authenticator.userHandle = null;
            case "backup" -> authenticator.flags |= AuthenticatorData.BIT_BE | AuthenticatorData.BIT_BS;
            default -> throw new IllegalArgumentException(wrong);
        }
    }

    @Test
    void letsNoChallengeBeAnsweredTwice() {
        Person person = person();
        var authenticator = new TestingAuthenticator();
        person.add(authenticator, "Key");
        Answer options = server.get("/api/auth/passkey/generate-authenticate-options");
        String response = authenticator.authenticate(options.json());
        assertThat(verify(response, options.cookie()).status()).isEqualTo(200);
        Answer again = verify(response, options.cookie());
        assertThat(again.status()).isEqualTo(400);
        assertThat(again.code()).isEqualTo("CHALLENGE_NOT_FOUND");
        Answer other = server.get("/api/auth/passkey/generate-authenticate-options");
        refused(verify(response, other.cookie()));
        assertThat(verify(response, other.cookie()).code()).as("a wrong answer uses it up too")
                .isEqualTo("CHALLENGE_NOT_FOUND");
        assertThat(server.post("/api/auth/passkey/verify-authentication", body(response, null)).code())
                .isEqualTo("CHALLENGE_NOT_FOUND");
    }

    @Test
    void forgetsAChallengeThatNobodyAnswers() {
        Person person = person();
        var authenticator = new TestingAuthenticator();
        person.add(authenticator, "Key");
        Answer options = server.get("/api/auth/passkey/generate-authenticate-options");
        server.clock().advance(Duration.ofMinutes(5).plusSeconds(1));
        assertThat(verify(authenticator.authenticate(options.json()), options.cookie()).code())
                .isEqualTo("CHALLENGE_NOT_FOUND");
    }

    @Test
    void takesAChallengeForOnePurposeAlone() {
        Person person = person();
        var authenticator = new TestingAuthenticator();
        person.add(authenticator, "Key");
        Answer registering = bearer("/api/auth/passkey/generate-register-options", person.token());
        assertThat(verify(authenticator.authenticate(registering.json()), registering.cookie()).code())
                .isEqualTo("CHALLENGE_NOT_FOUND");
    }

    @Test
    void letsNobodyAnswerForAnother() {
        Person victim = person();
        Person attacker = person();
        Answer options = bearer("/api/auth/passkey/generate-register-options", victim.token());
        var authenticator = new TestingAuthenticator();
        Answer planted = server.post("/api/auth/passkey/verify-registration",
                body(authenticator.register(options.json()), null), "Cookie", options.cookie(), "Authorization",
                "Bearer " + attacker.token());
        assertThat(planted.code()).isEqualTo("FAILED_TO_VERIFY_REGISTRATION");
        var theirs = new TestingAuthenticator();
        attacker.add(theirs, "Key");
        Answer asked = bearer("/api/auth/passkey/generate-authenticate-options", victim.token());
        refused(verify(theirs.authenticate(asked.json()), asked.cookie()));
        assertThat(victim.add(theirs, "Same").code()).as("known already").isEqualTo("FAILED_TO_VERIFY_REGISTRATION");
    }

    @Test
    void needsNoHandleOfWhomItKnows() {
        Person person = person();
        var authenticator = new TestingAuthenticator();
        person.add(authenticator, "Key");
        authenticator.userHandle = null;
        Answer options = bearer("/api/auth/passkey/generate-authenticate-options", person.token());
        assertThat(verify(authenticator.authenticate(options.json()), options.cookie()).status()).isEqualTo(200);
    }

    @Test
    void noticesACopiedKeyByItsCounter() {
        Person person = person();
        var authenticator = new TestingAuthenticator();
        authenticator.counter = 5;
        person.add(authenticator, "Key");
        authenticator.counter = 6;
        assertThat(signIn(authenticator).status()).isEqualTo(200);
        refused(signIn(authenticator));
        authenticator.counter = 3;
        refused(signIn(authenticator));
        authenticator.counter = 0;
        refused(signIn(authenticator));
        authenticator.counter = 7;
        assertThat(signIn(authenticator).status()).isEqualTo(200);
        assertThat(person.passkey().path("counter").asInt()).isEqualTo(7);
    }

    @Test
    void renamesAndDeletesOnesOwnAlone() {
        Person person = person();
        Person other = person();
        var authenticator = new TestingAuthenticator();
        String id = person.add(authenticator, "Key").json().path("id").asString();
        String rename = "{\"id\":\"%s\",\"name\":\"%s\"}";
        assertThat(other.post("update-passkey", rename.formatted(id, "Mine")).code()).isEqualTo("RESOURCE_NOT_FOUND");
        assertThat(other.post("delete-passkey", "{\"id\":\"" + id + "\"}").code()).isEqualTo("RESOURCE_NOT_FOUND");
        assertThat(person.post("update-passkey", rename.formatted("no id", "x")).code())
                .isEqualTo("RESOURCE_NOT_FOUND");
        assertThat(person.post("update-passkey", "{}").json().path("fields").findValuesAsString("field"))
                .containsExactly("id", "name");
        assertThat(person.post("update-passkey", rename.formatted(id, "x".repeat(101))).code())
                .isEqualTo("VALIDATION_FAILED");
        assertThat(
                person.post("update-passkey", rename.formatted(id, "Blue one")).json().at("/passkey/name").asString())
                .isEqualTo("Blue one");
        assertThat(person.passkey().path("name").asString()).isEqualTo("Blue one");
        assertThat(person.post("delete-passkey", "{\"id\":\"" + id + "\"}").json().path("status").asBoolean()).isTrue();
        assertThat(bearer("/api/auth/passkey/list-user-passkeys", person.token()).json()).isEmpty();
        refused(signIn(authenticator));
    }

    @Test
    void staysWhereNothingElseOpensTheAccount() {
        Person person = person();
        var first = new TestingAuthenticator();
        var second = new TestingAuthenticator();
        String id = person.add(first, "First").json().path("id").asString();
        String other = person.add(second, "Second").json().path("id").asString();
        server.stored("update platform.account set password_hash = null where id = '" + person.account().id()
                + "' returning 1");
        server.forgetSessions();
        assertThat(person.post("delete-passkey", "{\"id\":\"" + other + "\"}").status()).isEqualTo(200);
        Answer refused = person.post("delete-passkey", "{\"id\":\"" + id + "\"}");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.code()).isEqualTo("LAST_WAY_IN");
        assertThat(refused.json().path("message").asString()).contains("another one", "request-password-reset");
        assertThat(signIn(first).status()).isEqualTo(200);
        server.bean(PasswordStore.class).change(person.account(), PASSWORD + " more", "password", false);
        server.forgetSessions();
        assertThat(person.post("delete-passkey", "{\"id\":\"" + id + "\"}").status()).isEqualTo(200);
    }

    @Test
    void countsOnTheOriginsAndTheDomainThatAreConfigured() {
        TestingServer named = TestingServer.named();
        Person person = person(named);
        var authenticator = new TestingAuthenticator();
        Answer options = named.get("/api/auth/passkey/generate-register-options", "Authorization",
                "Bearer " + person.token());
        assertThat(options.json().at("/rp/id").asString()).isEqualTo("example.com");
        authenticator.origin = "http://localhost:3000";
        assertThat(register(named, person, authenticator).code()).as("nobody's machine any more")
                .isEqualTo("FAILED_TO_VERIFY_REGISTRATION");
        authenticator.origin = "https://example.com";
        assertThat(register(named, person, authenticator).code()).as("not among them")
                .isEqualTo("FAILED_TO_VERIFY_REGISTRATION");
        authenticator.origin = TestingServer.FRIEND;
        assertThat(register(named, person, authenticator).status()).isEqualTo(200);
        authenticator.origin = "https://erp.example.com";
        Answer asked = named.get("/api/auth/passkey/generate-authenticate-options");
        Answer signedIn = named.post("/api/auth/passkey/verify-authentication",
                body(authenticator.authenticate(asked.json()), null), "Cookie", asked.cookie());
        assertThat(signedIn.status()).as("%s", signedIn.json()).isEqualTo(200);
    }

    private static Answer register(TestingServer on, Person person, TestingAuthenticator authenticator) {
        Answer options = on.get("/api/auth/passkey/generate-register-options", "Authorization",
                "Bearer " + person.token());
        return on.post("/api/auth/passkey/verify-registration", body(authenticator.register(options.json()), "Key"),
                "Cookie", options.cookie(), "Authorization", "Bearer " + person.token());
    }

    @Test
    void addsOnlyForWhoHasJustSignedInThemselves() {
        assertThat(server.get("/api/auth/passkey/generate-register-options").code()).isEqualTo("UNAUTHENTICATED");
        assertThat(server.get("/api/auth/passkey/list-user-passkeys").code()).isEqualTo("UNAUTHENTICATED");
        Person person = person();
        server.clock().advance(Duration.ofDays(1).plusSeconds(1));
        server.forgetSessions();
        Answer stale = bearer("/api/auth/passkey/generate-register-options", person.token());
        assertThat(stale.status()).isEqualTo(403);
        assertThat(stale.code()).isEqualTo("SESSION_NOT_FRESH");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "null", "\"x\"", "7",
            "{\"id\":\"AA\",\"rawId\":\"AA\",\"type\":\"public-key\"}",
            "{\"id\":\"AA\",\"rawId\":\"AA\",\"type\":\"public-key\",\"response\":{}}",
            "{\"id\":\"AA\",\"rawId\":\"AA\",\"response\":{\"clientDataJSON\":\"AA\",\"authenticatorData\":\"AA\",\"signature\":\"AA\",\"attestationObject\":\"AA\"}}"})
    void answersWhateverIsSentByASuitableRefusal(String response) {
        Answer options = server.get("/api/auth/passkey/generate-authenticate-options");
        assertThat(verify(response, options.cookie()).status()).isIn(400, 401);
        Person person = person();
        Answer registering = bearer("/api/auth/passkey/generate-register-options", person.token());
        assertThat(server.post("/api/auth/passkey/verify-registration", body(response, null), "Cookie",
                registering.cookie(), "Authorization", "Bearer " + person.token()).status()).isEqualTo(400);
    }

    @Test
    void readsNothingElseWhereSomethingIsMissing() {
        var authenticator = new TestingAuthenticator();
        person().add(authenticator, "Key");
        for (String member : new String[]{"clientDataJSON", "authenticatorData", "signature"}) {
            refused(changed(authenticator, response -> ((ObjectNode) response.path("response")).remove(member)));
            refused(changed(authenticator, response -> ((ObjectNode) response.path("response")).put(member, "AAAA")));
            refused(changed(authenticator, response -> ((ObjectNode) response.path("response")).put(member, "%%")));
        }
    }

    private static Answer changed(TestingAuthenticator authenticator, Consumer<JsonNode> change) {
        Answer options = server.get("/api/auth/passkey/generate-authenticate-options");
        JsonNode response = JsonMapper.shared().readTree(authenticator.authenticate(options.json()));
        change.accept(response);
        return verify(response.toString(), options.cookie());
    }

    private static void refused(Answer answer) {
        assertThat(answer.status()).as("%s", answer.json()).isEqualTo(401);
        assertThat(answer.code()).isEqualTo("AUTHENTICATION_FAILED");
        assertThat(answer.header("Set-Cookie")).isNull();
    }

    private static Answer signIn(TestingAuthenticator authenticator) {
        Answer options = server.post("/api/auth/passkey/generate-authenticate-options", null);
        return verify(authenticator.authenticate(options.json()), options.cookie());
    }

    private static Answer verify(String response, String cookie) {
        return server.post("/api/auth/passkey/verify-authentication", body(response, null), "Cookie", cookie);
    }

    private static String body(String response, @org.jspecify.annotations.Nullable String name) {
        ObjectNode body = JsonMapper.shared().createObjectNode();
        body.set("response", JsonMapper.shared().readTree(response));
        if (name != null) {
            body.put("name", name);
        }
        return body.toString();
    }

    private static Answer bearer(String path, String token) {
        return server.get(path, "Authorization", "Bearer " + token);
    }

    private static Person person() {
        return person(server);
    }

    private static Person person(TestingServer on) {
        String email = UUID.randomUUID() + "@example.com";
        Account account = on.bean(Accounts.class).create(NewAccount.person(email, "Grace", true),
                Session.DEFAULT_TENANT, Set.of());
        on.bean(PasswordStore.class).change(account, PASSWORD, "password", false);
        on.bean(Logins.class).forget(account.id());
        return new Person(account, on.signIn(email, PASSWORD).token());
    }

    /** Somebody who has signed in. */
    private record Person(Account account, String token) {

        Answer add(TestingAuthenticator authenticator, String name) {
            Answer options = bearer("/api/auth/passkey/generate-register-options", token);
            return server.post("/api/auth/passkey/verify-registration",
                    body(authenticator.register(options.json()), name), "Cookie", options.cookie(), "Authorization",
                    "Bearer " + token);
        }

        Answer post(String action, String json) {
            return server.post("/api/auth/passkey/" + action, json, "Authorization", "Bearer " + token);
        }

        JsonNode passkey() {
            return bearer("/api/auth/passkey/list-user-passkeys", token).json().path(0);
        }
    }
}
