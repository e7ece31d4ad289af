package dev.objectos.auth.scope;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.auth.TestingServer;
import dev.objectos.auth.TestingServer.Answer;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a key with scopes reaches of what its owner, an administrator, may do: over every kind of path. */
final class ScopedKeysTest {

    private static final TestingServer SERVER = TestingServer.guarded();
    private static final String ADMINISTRATOR = "Bearer " + SERVER.administrator();

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            // scopes | method | path | status
            "data:read|GET|/api/data/contacts|200", "data:write|GET|/api/data/contacts|200",
            "data:contacts:read|GET|/api/data/contacts|200", "data:contacts:read|GET|/api/data/accounts|403",
            "data:contacts:read|POST|/api/data/accounts/query|403",
            "data:contacts:read|POST|/api/data/contacts/query|200",
            "data:contacts:read|POST|/api/data/contacts|403", "data:read|POST|/api/data/contacts|403",
            "data:contacts:read|POST|/api/data/contacts/createMany|403",
            "data:contacts:write|POST|/api/data/accounts|403",
            "metadata:read|GET|/api/data/contacts|403", "admin|GET|/api/data/contacts|403",
            "admin|POST|/api/data/contacts/query|403", "admin|POST|/api/batch|403",
            "metadata:write|POST|/api/batch|403",
            "metadata:read|GET|/api/metadata|200", "metadata:write|GET|/api/metadata|200",
            "metadata:read|GET|/api/openapi.json|200", "data:read|GET|/api/metadata|403",
            "data:read|GET|/api/metadata/contacts|403", "data:write|GET|/api/openapi.json|403",
            "admin|GET|/api/metadata|403", "metadata:read|PUT|/api/metadata/object/contacts|403",
            "metadata:read|POST|/api/metadata/object/contacts/publish|403",
            "admin|GET|/api/plugins|200", "data:write|GET|/api/plugins|403", "metadata:write|POST|/api/plugins|403",
            "data:write|GET|/api/services|403", "data:write|GET|/api/configuration|403",
            "data:write|GET|/api/doctor|403",
            "data:write|GET|/api/notifications|403", "data:write|GET|/actuator/info|403",
            "data:write|GET|/api/auth/list-sessions|403", "data:write|POST|/api/auth/update-user|403",
            "data:write|POST|/api/auth/revoke-sessions|403", "data:write|POST|/api/auth/change-password|403",
            "data:write|GET|/api/auth/api-key/list|403", "data:write|POST|/api/auth/api-key/create|403",
            "data:write|POST|/api/auth/service-account/create|403", "data:write|GET|/api/auth/token|403",
            "data:write|POST|/api/auth/token|403", "data:write|POST|/api/auth/admin/create-user|403",
            "data:write|GET|/api/nothing/here|403", "data:write|GET|/api/dat%61/contacts|403",
            "data:write|GET|/api/database|403", "metadata:write|GET|/api/metadatabase|403",
            "data:write|GET|/api/data/../plugins|400", "data:write|GET|/api/data/%2e%2e/plugins|400",
            "data:write|GET|/api/data;x=/contacts|400",
            "data:read|GET|/api/auth/get-session|200", "admin|GET|/api/v1/discovery|200", "*|GET|/api/plugins|200",
            "*|GET|/api/data/contacts|200", "*|GET|/api/metadata|200"})
    void reachesWhatItsScopesSay(String scopes, String method, String path, int status) {
        String body = path.endsWith("Many") ? "[{\"name\":\"X\"}]" : "{}";
        Answer answer = SERVER.send(method, path, method.equals("GET") ? null : body, "X-API-Key", key(scopes));
        assertThat(answer.status()).as("%s", answer.json()).isEqualTo(status);
    }

    @Test
    void seesNothingOfOtherObjectsThroughItsOwn() {
        String account = create("accounts", Map.of("name", "Acme", "secret", "gold"));
        String contact = create("contacts", Map.of("name", "Bob", "account", account));
        String key = key("data:contacts:read");
        Answer expanded = get("/api/data/contacts/" + contact + "?expand=account", key);
        assertThat(expanded.response().body()).doesNotContain("Acme", "gold");
        Answer whole = get("/api/data/contacts/" + contact, key);
        assertThat(whole.json().at("/record/greeting").asString()).isEqualTo("Dear Bob");
        assertThat(whole.json().at("/record/leak").isMissingNode()).as("it comes from an account").isTrue();
        for (String attempt : new String[]{"select=leak", "select=account.secret", "sort=account.secret",
                "filter=%7B%22account.secret%22%3A%22gold%22%7D", "filter=%7B%22leak%22%3A%22gold%22%7D",
                "groupBy=account.secret"}) {
            Answer answer = get("/api/data/contacts?" + attempt, key);
            assertThat(answer.response().body()).as(attempt).doesNotContain("gold\"", "Acme");
            assertThat(answer.status()).as(attempt).isEqualTo(400);
        }
        assertThat(get("/api/data/contacts/" + contact, key("data:read")).json().at("/record/leak").asString())
                .as("the plan of another scope is another one").isEqualTo("gold");
    }

    @Test
    void changesItsOwnObjectAloneWhateverTheDoor() {
        String account = create("accounts", Map.of("name", "Acme"));
        String contact = create("contacts", Map.of("name", "Bob", "account", account));
        String key = key("data:contacts:write");
        Answer made = SERVER.post("/api/data/contacts", "{\"name\":\"Cid\"}", "X-API-Key", key);
        assertThat(made.status()).as("its owner and creator are people: %s", made.json()).isEqualTo(201);
        assertThat(SERVER.send("PATCH", "/api/data/contacts/" + contact, "{\"name\":\"Rob\"}", "X-API-Key", key)
                .status()).isEqualTo(200);
        for (Answer answer : new Answer[]{
                SERVER.send("PATCH", "/api/data/accounts/" + account, "{\"name\":\"Mine\"}", "X-API-Key", key),
                SERVER.send("DELETE", "/api/data/accounts/" + account, null, "X-API-Key", key),
                SERVER.post("/api/batch",
                        "{\"atomic\":true,\"operations\":[{\"object\":\"contacts\",\"action\":\"create\","
                                + "\"data\":{\"name\":\"Y\"}},{\"object\":\"accounts\",\"action\":\"create\",\"data\":{\"name\":\"Y\"}}]}",
                        "X-API-Key", key),
                SERVER.send("DELETE", "/api/data/accounts/" + account, null, "X-API-Key",
                        key("data:accounts:write"))}) {
            assertThat(answer.status()).as("%s", answer.json()).isEqualTo(403);
        }
        Answer referring = SERVER.post("/api/data/contacts", "{\"name\":\"X\",\"account\":\"" + account + "\"}",
                "X-API-Key", key);
        assertThat(referring.status()).as("what it may not read is no record to refer to").isEqualTo(400);
        assertThat(referring.json().at("/fields/0/code").asString()).isEqualTo("invalid_reference");
        assertThat(get("/api/data/accounts/" + account, key("data:read")).json().at("/record/name").asString())
                .isEqualTo("Acme");
        assertThat(get("/api/data/contacts?name=Y", key("data:read")).json().path("records").size()).isZero();
    }

    @Test
    void whatMayBeDoneWithARecordIsToldWithinItsScopes() {
        String contact = create("contacts", Map.of("name", "Bob"));
        String path = "/api/data/contacts/" + contact + "?meta=permissions";
        Answer whole = get(path, key("data:write"));
        Answer reading = get(path, key("data:contacts:read"));
        assertThat(reading.status()).as("%s", reading.json()).isEqualTo(200);
        assertThat(whole.json().toString()).contains("\"update\":true");
        assertThat(reading.json().toString()).contains("\"update\":false").doesNotContain("\"update\":true");
    }

    private String create(String object, Map<String, String> values) {
        String body = values.entrySet().stream().map(value -> "\"" + value.getKey() + "\":\"" + value.getValue() + "\"")
                .collect(Collectors.joining(",", "{", "}"));
        Answer answer = SERVER.post("/api/data/" + object, body, "Authorization", ADMINISTRATOR);
        assertThat(answer.status()).as("%s", answer.json()).isEqualTo(201);
        return answer.json().path("id").asString();
    }

    private Answer get(String path, String key) {
        return SERVER.get(path, "X-API-Key", key);
    }

    private String key(String scopes) {
        String list = Stream.of(scopes.split(" ")).map(scope -> "\"" + scope + "\"").collect(Collectors.joining(","));
        Answer created = SERVER.post("/api/auth/api-key/create", "{\"name\":\"Scoped\",\"scopes\":[" + list + "]}",
                "Authorization", ADMINISTRATOR);
        assertThat(created.status()).as("%s", created.json()).isEqualTo(200);
        return created.json().path("key").asString();
    }
}
