package dev.objectos.auth.apikey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.auth.TestingPeople;
import dev.objectos.auth.TestingPeople.Person;
import dev.objectos.auth.TestingReader;
import dev.objectos.auth.TestingServer;
import dev.objectos.auth.TestingServer.Answer;
import dev.objectos.auth.account.Account;
import dev.objectos.auth.account.AccountRepository;
import dev.objectos.auth.tenant.TenantSettings;
import dev.objectos.auth.token.Tokens;
import dev.objectos.runtime.Eventually;
import dev.objectos.runtime.event.EventBus;
import dev.objectos.runtime.spi.SecurityEvent;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Keys of people and services, over HTTP. */
final class ApiKeysTest {

    private final TestingServer server = TestingServer.shared();

    @Test
    void isShownOnceAndWorksInBothHeaders() {
        Person person = TestingPeople.somebody(server, "member");
        Answer created = create(person.token(), "{\"name\":\"Nightly\",\"metadata\":{\"team\":7}}");
        assertThat(created.status()).as("%s", created.json()).isEqualTo(200);
        String key = created.json().path("key").asString();
        assertThat(key).matches("ok_[A-Za-z0-9_-]{43}").startsWith(created.json().path("start").asString());
        assertThat(created.json().at("/metadata/team").asInt()).isEqualTo(7);
        assertThat(created.json().path("scopes").isNull()).isTrue();

        assertThat(session("Authorization", "Bearer " + key).json().at("/user/email").asString())
                .isEqualTo(person.email());
        assertThat(session("X-API-Key", key).json().at("/user/email").asString()).isEqualTo(person.email());
        assertThat(server.get("/api/data/user", "X-API-Key", key).status()).isEqualTo(200);

        Answer listed = server.get("/api/auth/api-key/list", "Authorization", person.bearer());
        assertThat(listed.json().size()).isEqualTo(1);
        assertThat(listed.json().get(0).has("key")).isFalse();
        assertThat(listed.response().body()).doesNotContain(key);
        assertThat(listed.json().get(0).path("lastRequest").asString())
                .startsWith(server.clock().instant().toString().substring(0, 16));
        assertThat(server.stored("select to_jsonb(k)::text from platform.api_key k")).isNotEmpty()
                .noneMatch(row -> row.contains(key));
        assertThat(server.stored("select encode(key_digest, 'hex') from platform.api_key"))
                .contains(HexFormat.of().formatHex(Tokens.digest(key)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"{}|VALIDATION_FAILED", "{\"name\":\"x\",\"expiresIn\":0}|VALIDATION_FAILED",
            "{\"name\":\"x\",\"expiresIn\":\"soon\"}|INVALID_REQUEST",
            "{\"name\":\"x\",\"metadata\":[]}|VALIDATION_FAILED",
            "{\"name\":\"x\",\"scopes\":[\"root\"]}|VALIDATION_FAILED",
            "{\"name\":\"x\",\"scopes\":[]}|VALIDATION_FAILED",
            "{\"name\":\"x\",\"scopes\":[\"data:nothing_here:read\"]}|VALIDATION_FAILED",
            "{\"name\":\"x\",\"scopes\":[\"data:user:read data:write\"]}|VALIDATION_FAILED"})
    void refusesWhatIsNoKey(String body, String code) {
        Person person = TestingPeople.somebody(server, "member");
        Answer answer = create(person.token(), body);
        assertThat(answer.status()).as("%s", answer.json()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo(code);
    }

    @Test
    void worksUntilItExpires() {
        Person person = TestingPeople.somebody(server, "member");
        String key = key(person.token(), "{\"name\":\"Short\",\"expiresIn\":60}");
        assertThat(session("X-API-Key", key).json().isNull()).isFalse();
        server.clock().advance(Duration.ofSeconds(60));
        assertThat(server.get("/api/data/user", "X-API-Key", key).code()).isEqualTo("UNAUTHENTICATED");
    }

    @Test
    void endsWithItsDeletionAndItsDisabling() {
        Person person = TestingPeople.somebody(server, "member");
        Answer created = create(person.token(), "{\"name\":\"One\"}");
        String key = created.json().path("key").asString();
        String id = created.json().path("id").asString();
        assertThat(status(key)).isEqualTo(200);

        Answer disabled = post(person.token(), "update", "{\"keyId\":\"" + id + "\",\"enabled\":false}");
        assertThat(disabled.json().path("enabled").asBoolean(true)).isFalse();
        assertThat(status(key)).isEqualTo(401);
        post(person.token(), "update", "{\"keyId\":\"" + id + "\",\"enabled\":true}");
        assertThat(status(key)).isEqualTo(200);

        Answer deleted = post(person.token(), "delete", "{\"keyId\":\"" + id + "\"}");
        assertThat(deleted.json().path("success").asBoolean()).isTrue();
        assertThat(status(key)).isEqualTo(401);
        assertThat(post(person.token(), "delete", "{\"keyId\":\"" + id + "\"}").code())
                .isEqualTo("RESOURCE_NOT_FOUND");
    }

    @Test
    void isRefusedOnceItsOwnerIsBanned() {
        Person person = TestingPeople.somebody(server, "member");
        String key = key(person.token(), "{\"name\":\"One\"}");
        assertThat(status(key)).isEqualTo(200);
        change(person.account(), account -> account.ban("spam", null, server.clock().instant()));
        server.forgetSessions();
        assertThat(status(key)).isEqualTo(401);
        change(person.account(), account -> account.unban(server.clock().instant()));
        server.forgetSessions();
        assertThat(status(key)).isEqualTo(200);
    }

    @Test
    void doesNothingBeforeItsOwnerHasDoneWhatComesFirst() {
        Person person = TestingPeople.somebody(server, "member");
        String key = key(person.token(), "{\"name\":\"One\"}");
        change(person.account(),
                account -> account.changePassword("another hash", true, server.clock().instant()));
        server.forgetSessions();
        Answer refused = server.get("/api/data/user", "X-API-Key", key);
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.code()).isEqualTo("PASSWORD_CHANGE_REQUIRED");
        assertThat(server.get("/api/auth/get-session", "X-API-Key", key).status()).isEqualTo(200);

        TestingPeople people = new TestingPeople(server, "duty");
        UUID tenant = TestingReader.tenant(server, new TenantSettings(null, null, null, null, null, null, null)).id();
        Person admin = people.person(tenant, "admin");
        String own = key(admin.token(), "{\"name\":\"Own\"}");
        String service = admin.post("/api/auth/service-account/create", Map.of("name", "Robot")).json().path("userId")
                .asString();
        String robot = key(admin.token(), "{\"name\":\"Robot\",\"userId\":\"" + service + "\"}");
        assertThat(admin.post("/api/auth/organization/update",
                Map.of("settings", Map.of("requireSecondFactor", true))).status()).isEqualTo(200);
        server.forgetSessions();
        assertThat(server.get("/api/data/user", "X-API-Key", own).code()).isEqualTo("SECOND_FACTOR_REQUIRED");
        assertThat(server.get("/api/data/user", "X-API-Key", robot).code()).as("a program has none")
                .isNotEqualTo("SECOND_FACTOR_REQUIRED");
    }

    @Test
    void isNobodyElsesBusiness() {
        Person owner = TestingPeople.somebody(server, "member");
        Person other = TestingPeople.somebody(server, "member");
        String id = create(owner.token(), "{\"name\":\"Mine\"}").json().path("id").asString();
        assertThat(server.get("/api/auth/api-key/get?id=" + id, "Authorization", owner.bearer()).status())
                .isEqualTo(200);
        for (Answer answer : List.of(
                server.get("/api/auth/api-key/get?id=" + id, "Authorization", other.bearer()),
                server.get("/api/auth/api-key/get?id=nonsense", "Authorization", other.bearer()),
                post(other.token(), "update", "{\"keyId\":\"" + id + "\",\"name\":\"Yours\"}"),
                post(other.token(), "delete", "{\"keyId\":\"" + id + "\"}"))) {
            assertThat(answer.code()).isEqualTo("RESOURCE_NOT_FOUND");
        }
        assertThat(post(server.administrator(), "update", "{\"keyId\":\"" + id + "\",\"name\":\"Yours\"}").status())
                .as("an administrator takes keys of people away, and does not change them").isEqualTo(404);
        assertThat(post(server.administrator(), "delete", "{\"keyId\":\"" + id + "\"}").status()).isEqualTo(200);
    }

    @Test
    void isNoWayToTheAccountItself() {
        Person person = TestingPeople.somebody(server, "member");
        String key = key(person.token(), "{\"name\":\"One\"}");
        Answer answer = server.post("/api/auth/change-password",
                "{\"currentPassword\":\"" + TestingPeople.PASSWORD + "\",\"newPassword\":\"another long password\"}",
                "X-API-Key", key);
        assertThat(answer.status()).isEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource({"ok_", "ok_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
            "OK_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
            "ok_' or 1=1 --"})
    void knowsNobodyByWhatIsNoKey(String key) {
        assertThat(status(key)).isEqualTo(401);
        assertThat(server.get("/api/data/user", "Authorization", "Bearer " + key).status()).isEqualTo(401);
    }

    @Test
    void ofAServiceIsTheOnlyWayInForIt() {
        List<SecurityEvent> told = listen();
        String administrator = server.administrator();
        Answer made = server.post("/api/auth/service-account/create", "{\"name\":\"Importer\",\"role\":[\"member\"]}",
                "Authorization", "Bearer " + administrator);
        assertThat(made.status()).as("%s", made.json()).isEqualTo(200);
        String user = made.json().path("id").asString();
        String key = key(administrator, "{\"name\":\"Import\",\"userId\":\"" + user + "\"}");
        Answer session = session("X-API-Key", key);
        assertThat(session.json().at("/user/id").asString()).isEqualTo(user);
        assertThat(session.json().at("/user/name").asString()).isEqualTo("Importer");
        assertThat(status(key)).isEqualTo(200);
        String email = session.json().at("/user/email").asString();
        assertThat(server.signIn(email, "").status()).isEqualTo(400);
        assertThat(server.signIn(email, "x").status()).isEqualTo(401);
        assertThat(server.get("/api/auth/service-account/list", "Authorization", "Bearer " + administrator).json()
                .findValuesAsString("name")).contains("Importer");

        Person member = TestingPeople.somebody(server, "member");
        assertThat(create(member.token(), "{\"name\":\"x\",\"userId\":\"" + user + "\"}").status()).isEqualTo(403);
        assertThat(server.post("/api/auth/service-account/create", "{\"name\":\"Mine\"}", "Authorization",
                member.bearer()).status()).isEqualTo(403);
        assertThat(server.post("/api/auth/service-account/create", "{\"name\":\"Mine\"}", "X-API-Key", key).status())
                .isEqualTo(403);

        Answer gone = server.post("/api/auth/service-account/delete", "{\"userId\":\"" + user + "\"}",
                "Authorization", "Bearer " + administrator);
        assertThat(gone.json().path("success").asBoolean()).isTrue();
        assertThat(status(key)).isEqualTo(401);
        Eventually.await(() -> told.stream().map(SecurityEvent::action).toList()
                .containsAll(List.of("service-account.created", "api-key.created", "service-account.deleted")));
    }

    @Test
    void ofAPersonIsMadeByThatPersonAlone() {
        Person person = TestingPeople.somebody(server, "member");
        String user = server.get("/api/auth/get-session", "Authorization", person.bearer()).json().at("/user/id")
                .asString();
        assertThat(create(server.administrator(), "{\"name\":\"x\",\"userId\":\"" + user + "\"}").status())
                .isEqualTo(404);
    }

    @Test
    void handsOnNoMoreThanItHas() {
        String administrator = server.administrator();
        String narrow = key(administrator,
                "{\"name\":\"Narrow\",\"expiresIn\":600,\"scopes\":[\"admin\",\"data:user:read\"]}");
        for (String wider : List.of("null", "[\"*\"]", "[\"data:read\"]", "[\"data:user:write\"]",
                "[\"metadata:read\"]")) {
            Answer answer = create(narrow, "{\"name\":\"Wide\",\"scopes\":" + wider + "}");
            assertThat(answer.code()).as(wider).isEqualTo("PERMISSION_DENIED");
        }
        Answer same = create(narrow, "{\"name\":\"Same\",\"expiresIn\":100000,\"scopes\":[\"data:user:read\"]}");
        assertThat(same.status()).as("%s", same.json()).isEqualTo(200);
        assertThat(same.json().path("expiresAt").asString())
                .isEqualTo(server.clock().instant().plusSeconds(600).toString());
        String wide = create(administrator, "{\"name\":\"All\"}").json().path("id").asString();
        assertThat(post(narrow, "update", "{\"keyId\":\"" + wide + "\",\"name\":\"Mine\"}").code())
                .isEqualTo("PERMISSION_DENIED");
        String same2 = same.json().path("id").asString();
        assertThat(post(narrow, "update", "{\"keyId\":\"" + same2 + "\",\"scopes\":[\"*\"]}").code())
                .isEqualTo("PERMISSION_DENIED");
    }

    private List<SecurityEvent> listen() {
        var told = new CopyOnWriteArrayList<SecurityEvent>();
        server.bean(EventBus.class).subscribe(SecurityEvent.class, told::add);
        return told;
    }

    private void change(UUID account, java.util.function.Consumer<Account> change) {
        AccountRepository accounts = server.bean(AccountRepository.class);
        new TransactionTemplate(server.bean(PlatformTransactionManager.class)).executeWithoutResult(_ -> {
            Account now = accounts.findById(account).orElseThrow();
            change.accept(now);
            accounts.save(now);
        });
    }

    private int status(String key) {
        return server.get("/api/data/user", "X-API-Key", key).status();
    }

    private Answer session(String header, String value) {
        return server.get("/api/auth/get-session", header, value);
    }

    private Answer create(String token, String body) {
        return post(token, "create", body);
    }

    private String key(String token, String body) {
        Answer created = create(token, body);
        assertThat(created.status()).as("%s", created.json()).isEqualTo(200);
        return created.json().path("key").asString();
    }

    private Answer post(String token, String path, @Nullable String body) {
        return server.post("/api/auth/api-key/" + path, body, "Authorization", "Bearer " + token);
    }
}
