package dev.objectos.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** Customers in the recycle bin, as clients of the assembled server see it. */
@ExtendWith(SharedServer.class)
class RecycleBinTest {

    private static final String ACCOUNTS = "/api/data/accounts";

    private final ServerProcess server;

    RecycleBinTest(SharedServer.Fixture fixture) {
        server = fixture.server();
    }

    @Test
    void anAccountComesBackWithItsPartsItsVersionAndItsTrail() {
        String name = "Binned " + UUID.randomUUID();
        String account = server.post(ACCOUNTS, "{\"name\": \"" + name + "\"}").id();
        String contact = server.post("/api/data/contacts",
                "{\"last_name\": \"Linked\", \"account\": \"" + account + "\"}").id();
        String path = ACCOUNTS + "/" + account;

        assertThat(server.delete(path).json().path("success").asBoolean()).isTrue();
        assertThat(server.get(path).code()).isEqualTo("RECORD_NOT_FOUND");
        assertThat(server.get(ACCOUNTS + "?name=" + name.replace(" ", "%20")).json().path("records").size()).isZero();
        assertThat(server.get(ACCOUNTS + "?search=" + name.substring(7)).json().path("records").size()).isZero();
        assertThat(server.patch(path, "{\"description\": \"x\"}").status()).isEqualTo(404);

        JsonNode listed = server
                .get(ACCOUNTS + "/trash?select=name,deleted_at,deleted_by&filter=%7B%22id%22:%22" + account
                        + "%22%7D")
                .json();
        assertThat(listed.path("object").asString()).isEqualTo("accounts");
        assertThat(listed.path("records").size()).isOne();
        assertThat(listed.path("records").path(0).path("name").asString()).isEqualTo(name);
        assertThat(listed.path("records").path(0).path("deleted_at").asString()).endsWith("Z");
        assertThat(listed.path("records").path(0).path("deleted_by").isString()).isTrue();
        assertThat(server.post(ACCOUNTS + "/trash/query", """
                {"where": {"deleted_at": {"$gte": "{today}"}, "name": "%s"}, "count": true}""".formatted(name)).json()
                .path("total").asInt()).isOne();

        HttpResponse<String> restored = server.response(server.json("POST", path + "/restore", "{}")
                .header("Idempotency-Key", account));
        assertThat(restored.statusCode()).as(restored.body()).isEqualTo(200);
        assertThat(restored.headers().firstValue("ETag")).isPresent();
        assertThat(server.response(server.json("POST", path + "/restore", "{}").header("Idempotency-Key", account))
                .body()).isEqualTo(restored.body());
        assertThat(server.get(path).record().path("version").asInt()).isEqualTo(2);
        assertThat(server.get("/api/data/contacts/" + contact).record().path("account").asString())
                .isEqualTo(account);
        assertThat(server.get(ACCOUNTS + "/trash?id=" + account).json().path("records").size()).isZero();
        assertThat(server.post(path + "/restore", "{}").code()).isEqualTo("RECORD_NOT_FOUND");

        List<String> trail = server.get("/api/audit/trail/accounts/" + account).json().path("events").valueStream()
                .map(event -> event.path("action").asString()).toList();
        assertThat(trail).containsSubsequence("restore", "delete", "create");
    }

    @Test
    void whoMayNotDeleteMayNeitherRestoreNorPurge() {
        String account = server.post(ACCOUNTS, "{\"name\": \"Guarded " + UUID.randomUUID() + "\"}").id();
        server.delete(ACCOUNTS + "/" + account);
        Colleague nobody = Colleague.join(server, "bin" + account.substring(24), "member");
        assertThat(nobody.post(ACCOUNTS + "/" + account + "/restore", "{}").status()).isIn(403, 404);
        assertThat(nobody.delete(ACCOUNTS + "/trash/" + account).status()).isIn(403, 404);
        assertThat(nobody.get(ACCOUNTS + "/trash").body()).doesNotContain(account);
        assertThat(nobody.delete(ACCOUNTS + "/trash").status()).isEqualTo(403);

        assertThat(server.delete(ACCOUNTS + "/trash/" + account).json().path("success").asBoolean()).isTrue();
        assertThat(server.post(ACCOUNTS + "/" + account + "/restore", "{}").code()).isEqualTo("RECORD_NOT_FOUND");
        assertThat(server.post(ACCOUNTS + "/no-id/restore", "{}").status()).isEqualTo(404);
        assertThat(server.get("/api/audit/events?action=record.purged").body()).contains(account);
    }
}
