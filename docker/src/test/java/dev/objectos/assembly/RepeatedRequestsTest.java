package dev.objectos.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Writes under an {@code Idempotency-Key}, as clients repeat them. */
@ExtendWith(SharedServer.class)
class RepeatedRequestsTest {

    private static final String ACCOUNTS = "/api/data/accounts";

    private final ServerProcess server;

    RepeatedRequestsTest(SharedServer.Fixture fixture) {
        server = fixture.server();
    }

    @Test
    void aCreateHasOneEffectAndOneAnswer() {
        String key = key();
        String body = named("Once");
        HttpResponse<String> first = send("POST", ACCOUNTS, key, body);
        HttpResponse<String> again = send("POST", ACCOUNTS, key, body);
        assertThat(first.statusCode()).as(first.body()).isEqualTo(201);
        assertThat(again.statusCode()).isEqualTo(201);
        assertThat(again.body()).isEqualTo(first.body());
        for (String header : List.of("Location", "ETag", "Content-Type")) {
            assertThat(again.headers().firstValue(header)).isPresent().isEqualTo(first.headers().firstValue(header));
        }
        assertThat(again.headers().firstValue("Idempotency-Replayed")).hasValue("true");
        assertThat(count(body)).isOne();

        HttpResponse<String> other = send("POST", ACCOUNTS, key, named("Another"));
        assertThat(other.statusCode()).isEqualTo(422);
        assertThat(other.body()).contains("IDEMPOTENCY_KEY_REUSED");
        assertThat(send("POST", ACCOUNTS + "/createMany", key, "[" + body + "]").statusCode()).isEqualTo(422);
    }

    @Test
    void twentyAtOnceHaveOneEffect() throws InterruptedException, ExecutionException {
        String key = key();
        String body = named("Crowd");
        List<HttpResponse<String>> answers = Crowd.of(20, _ -> send("POST", ACCOUNTS, key, body));
        assertThat(answers).extracting(HttpResponse::statusCode).isSubsetOf(201, 409).contains(201);
        assertThat(answers).filteredOn(answer -> answer.statusCode() == 201).extracting(HttpResponse::body)
                .containsOnly(send("POST", ACCOUNTS, key, body).body());
        assertThat(count(body)).isOne();
    }

    @Test
    void updatesDeletionsAndBatchesAreRepeatedToo() {
        String id = server.post(ACCOUNTS, named("Changed")).id();
        String path = ACCOUNTS + "/" + id;
        String key = key();
        String change = "{\"description\": \"" + key + "\"}";
        HttpResponse<String> first = send("PATCH", path, key, change);
        assertThat(first.statusCode()).as(first.body()).isEqualTo(200);
        server.patch(path, "{\"description\": \"later\"}");
        assertThat(send("PATCH", path, key, change).body()).isEqualTo(first.body());
        assertThat(server.get(path).record().path("description").asString()).isEqualTo("later");

        String deletion = key();
        assertThat(send("DELETE", path, deletion, null).statusCode()).isEqualTo(200);
        assertThat(send("DELETE", path, deletion, null).statusCode()).isEqualTo(200);

        String many = key();
        String name = named("Many");
        String records = "[" + name + "]";
        assertThat(send("POST", ACCOUNTS + "/createMany", many, records).body())
                .isEqualTo(send("POST", ACCOUNTS + "/createMany", many, records).body());
        assertThat(count(name)).isOne();

        String transaction = key();
        String operations = "{\"operations\": [{\"object\": \"accounts\", \"action\": \"create\", \"data\": " + name
                + "}]}";
        assertThat(send("POST", "/api/batch", transaction, operations).body())
                .isEqualTo(send("POST", "/api/batch", transaction, operations).body());
        assertThat(count(name)).isEqualTo(2);
    }

    @Test
    void aRefusalIsRepeatedAndAKeyCountsForItsUserAlone() {
        String key = key();
        HttpResponse<String> refused = send("POST", ACCOUNTS, key, "{\"nmae\": 1}");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(send("POST", ACCOUNTS, key, "{\"nmae\": 1}").body()).isEqualTo(refused.body());

        Colleague colleague = Colleague.join(server, "repeater" + key.substring(0, 8), "admin");
        Answer own = server.send(colleague.request("POST", ACCOUNTS).header("Idempotency-Key", key)
                .header("Content-Type", "application/json").method("POST", BodyPublishers.ofString(named("Own"))));
        assertThat(own.status()).as(own.body()).isEqualTo(201);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b"})
    void aKeyThatIsNoneIsRefused(String key) {
        assertThat(send("POST", ACCOUNTS, key, named("Bad")).statusCode()).isEqualTo(400);
        assertThat(send("POST", ACCOUNTS, "k".repeat(256), named("Bad")).statusCode()).isEqualTo(400);
    }

    private HttpResponse<String> send(String method, String path, String key, @Nullable String json) {
        return server.response(server.signed(method, path).header("Idempotency-Key", key)
                .header("Content-Type", "application/json").method(method,
                        json == null ? BodyPublishers.noBody() : BodyPublishers.ofString(json)));
    }

    private long count(String json) {
        String name = json.substring(json.indexOf(": \"") + 3, json.lastIndexOf('"'));
        return server.get(ACCOUNTS + "?name=" + name).json().path("records").size();
    }

    private static String named(String name) {
        return "{\"name\": \"" + name + key() + "\"}";
    }

    private static String key() {
        return UUID.randomUUID().toString();
    }
}
