package dev.objectos.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** The audit trail of the assembled server. */
@ExtendWith(SharedServer.class)
class AuditTest {

    private final ServerProcess server;

    AuditTest(SharedServer.Fixture fixture) {
        server = fixture.server();
    }

    @Test
    void tellsWhoDidWhatThroughWhichRequest() {
        String me = server.get("/api/auth/get-session").json().path("user").path("id").asString();
        String id = server.post("/api/data/accounts", "{\"name\": \"Audited\"}").id();
        Answer renamed = server.patch("/api/data/accounts/" + id, "{\"name\": \"Audited twice\"}");
        assertThat(renamed.status()).as(renamed.body()).isEqualTo(200);

        JsonNode update = server.get("/api/audit/trail/accounts/" + id).json().path("events").path(0);
        assertThat(update.path("action").asString()).isEqualTo("update");
        assertThat(update.path("user").asString()).isEqualTo(me);
        assertThat(update.path("ip").asString()).isEqualTo("127.0.0.1");
        assertThat(update.path("requestId").asString()).matches("[0-9a-f]{32}");
        assertThat(update.path("origin").asString()).isEqualTo("rest");
        assertThat(update.at("/changes/name").toString())
                .isEqualTo("{\"from\":\"Audited\",\"to\":\"Audited twice\"}");
        assertThat(server.get("/api/audit/field-history/accounts/" + id + "/name").json().path("events").size())
                .isEqualTo(2);
        assertThat(server.get("/api/audit/events?action=login").json().path("events").size()).isPositive();
        assertThat(server.get("/api/data/_audit_log?record_id=" + id).json().path("records").size()).isEqualTo(2);
        assertThat(server.send(server.unsigned("GET", "/api/audit/events")).status()).isEqualTo(401);

        JsonNode proof = server.post("/api/audit/verify", "{}").json();
        assertThat(proof.path("valid").asBoolean()).as(proof.toString()).isTrue();
        assertThat(proof.path("checked").asInt()).isGreaterThan(2);
    }
}
