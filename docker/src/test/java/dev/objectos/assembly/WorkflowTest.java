package dev.objectos.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** The leave request of the personnel plugin on its way, as clients of the assembled server see it. */
@ExtendWith(SharedServer.class)
class WorkflowTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    private final ServerProcess server;
    private final Path watched;

    WorkflowTest(SharedServer.Fixture fixture) {
        server = fixture.server();
        watched = fixture.watched();
    }

    @Test
    void aLeaveRequestRunsThroughItsWorkflow() throws IOException, InterruptedException, ExecutionException {
        String me = server.get("/api/auth/get-session").json().path("user").path("id").asString();
        String user = userOf(me);
        String id = request(user);
        String path = "/api/workflow/leave_requests/" + id;

        assertThat(server.get(path).json().path("state").asString()).isEqualTo("draft");
        assertThat(server.patch("/api/data/leave_requests/" + id, "{\"status\": \"approved\"}"))
                .satisfies(refused -> {
                    assertThat(refused.status()).isEqualTo(400);
                    assertThat(refused.json().path("fields").path(0).path("field").asString()).isEqualTo("status");
                });
        assertThat(server.post("/api/data/leave_requests", "{\"status\": \"approved\"}").status()).isEqualTo(400);
        assertThat(server.post(path + "/approve", "{}")).satisfies(refused -> {
            assertThat(refused.status()).isEqualTo(409);
            assertThat(refused.code()).isEqualTo("INVALID_TRANSITION");
        });

        List<Answer> answers = Crowd.of(20, _ -> server.post(path + "/submit", "{\"comment\": \"Sea\"}"));
        assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(1);
        assertThat(answers).filteredOn(answer -> answer.status() == 409).hasSize(19);
        JsonNode pending = server.get(path).json();
        assertThat(pending.path("history").size()).isEqualTo(1);
        assertThat(pending.path("state").asString()).isEqualTo("pending_approval");
        Patience.until("the notification", SOON, () -> notificationsOf(id).size() == 1);
        assertThat(notificationsOf(id).getFirst().path("title").asString()).contains("waits for your decision");

        Answer approved = server.post(path + "/approve", "{}");
        assertThat(approved.status()).as(approved.body()).isEqualTo(200);
        JsonNode record = server.get("/api/data/leave_requests/" + id).record();
        assertThat(record.path("status").asString()).isEqualTo("approved");
        assertThat(record.path("approved_at").isString()).isTrue();

        String strange = request(null);
        assertThat(server.send(server.signed("POST", "/api/workflow/leave_requests/" + strange + "/submit")
                .header("Content-Type", "text/plain").method("POST", BodyPublishers.ofString("{}"))).status())
                .isEqualTo(415);
        server.post("/api/workflow/leave_requests/" + strange + "/submit", "{}");
        assertThat(server.post("/api/workflow/leave_requests/" + strange + "/approve", "{}")).satisfies(refused -> {
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.code()).isEqualTo("PERMISSION_DENIED");
        });

        Answer diagram = server.get("/api/workflow/leave_request_flow/diagram");
        assertThat(diagram.contentType()).startsWith("image/svg+xml");
        assertThat(server.send(server.signed("GET", "/api/workflow/leave_request_flow/diagram").header("Accept",
                "text/plain")).body()).startsWith("stateDiagram-v2");
        assertThat(server.get("/api/metadata/workflow").body()).contains("leave_request_flow");
        assertThat(server.send(server.unsigned("GET", path)).status()).isEqualTo(401);

        aBrokenWorkflowIsNamedAndHurtsNobody();
    }

    private void aBrokenWorkflowIsNamedAndHurtsNobody() throws IOException {
        Files.writeString(watched.resolve("contract.object.yml"), """
                name: contracts
                fields: {name: {type: text}, status: {type: select, options: [draft, signed]}}
                """);
        Files.writeString(watched.resolve("contract.workflow.yml"), """
                name: contract_flow
                object: contracts
                states:
                  draft: {initial: true, transitions: {sign: signed}}
                  signed: {final: true}
                guards:
                  can_sign:
                    condition: ${record.nmae != null}
                """);
        Patience.until("the report of the mistake", SOON, () -> server
                .get("/api/metadata/diagnostics?severity=error").body().contains("contract.workflow.yml"));
        JsonNode mistake = server.get("/api/metadata/diagnostics?severity=error").json().path("entries").path(0);
        assertThat(mistake.path("line").asInt()).isEqualTo(8);
        assertThat(mistake.path("message").asString()).contains("nmae");
        assertThat(server.post("/api/data/contracts", "{\"name\": \"A\"}").status()).isEqualTo(201);
        assertThat(server.post("/api/data/leave_requests", "{}").status()).isEqualTo(201);

        Files.delete(watched.resolve("contract.workflow.yml"));
        Patience.until("the mistake to be forgotten", SOON, () -> !server
                .get("/api/metadata/diagnostics?severity=error").body().contains("contract.workflow.yml"));
    }

    private String request(@org.jspecify.annotations.Nullable String manager) {
        return server.post("/api/data/leave_requests", manager == null
                ? "{\"reason\": \"Sea\"}"
                : "{\"reason\": \"Sea\", \"manager\": \"" + manager + "\"}").id();
    }

    /** The user record of whoever is signed in: account and record need not have the same id. */
    private String userOf(String account) {
        JsonNode users = server.get("/api/data/user?select=id,email").json().path("records");
        return users.valueStream().filter(user -> user.path("email").asString().equals("admin@example.com"))
                .map(user -> user.path("id").asString()).findFirst().orElse(account);
    }

    private List<JsonNode> notificationsOf(String record) {
        return server.get("/api/notifications?limit=100").json().path("notifications").valueStream()
                .filter(notification -> notification.path("actionUrl").asString("").contains(record)).toList();
    }
}
