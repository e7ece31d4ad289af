package dev.objectos.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.runtime.Eventually;
import dev.objectos.server.TestingHttp.Answer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.json.JsonMapper;

/** Imports in the background over the wire. */
@ExtendWith(SharedRealServer.class)
final class ImportJobTests {

    private static final String[] MEMBER = {"Authorization", "Bearer member"};
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @SuppressWarnings("NullAway.Init")
    private static TestingHttp http;

    @BeforeAll
    static void start(TestingHttp shared) {
        http = shared;
    }

    @Test
    void importsAFileInTheBackgroundAndTellsHowFarItIs() {
        String batch = "Job " + UUID.randomUUID();
        var csv = new StringBuilder("last_name,industry\n");
        for (int i = 1; i <= 2_500; i++) {
            csv.append(i == 1_700 ? "" : "Person " + i).append(',').append(batch).append('\n');
        }
        Answer queued = http.upload("/api/data/contacts/import/jobs", "people.csv",
                csv.toString().getBytes(StandardCharsets.UTF_8));
        assertThat(queued.status()).as(queued.body()).isEqualTo(202);
        assertThat(queued.json()).containsEntry("total", 2_500).containsEntry("object", "contacts")
                .containsKeys("id", "jobId", "createdAt", "status");
        assertThat(queued.header("Location"))
                .isEqualTo("/api/data/contacts/import/jobs/" + queued.json().get("id"));
        Answer ended = ended(queued);
        assertThat(ended.json()).as(ended.body()).containsEntry("status", "succeeded").containsEntry("created", 2_499)
                .containsEntry("errors", 1).containsEntry("processed", 2_500).containsEntry("percentComplete", 100)
                .containsEntry("undoable", true).containsKeys("startedAt", "completedAt");
        Answer results = http.get(path(queued) + "/results?limit=2");
        assertThat(results.json()).containsEntry("resultsTruncated", true);
        assertThat(results(results)).extracting(result -> result.get("row")).containsExactly(1_700, 1);
        assertThat(results(results).getFirst()).containsEntry("action", "failed").containsEntry("field", "last_name");
        assertThat(results(http.get(path(queued) + "/results?action=failed"))).hasSize(1);
        assertThat(http.get("/api/data/import/jobs?limit=200").body()).contains(id(queued));
        assertThat(http.get("/api/data/contacts/import/jobs?status=succeeded").body()).contains(id(queued));
        assertThat(http.get("/api/data/accounts/import/jobs").body()).doesNotContain(id(queued));
        assertThat(http.get("/api/data/accounts/import/jobs/" + id(queued)).status()).isEqualTo(404);
    }

    @Test
    void undoesWhatItHasDoneSaveForWhatOthersHaveChangedSince() {
        String batch = "Job " + UUID.randomUUID();
        String old = created(batch, "Old", 5);
        String touched = created(batch, "Touched", 6);
        Answer queued = http.post("/api/data/import/jobs", JSON.writeValueAsString(Map.of("object", "contacts",
                "writeMode", "upsert", "rows",
                List.of(Map.of("id", old, "salary", 50, "last_name", "New"), Map.of("id", touched, "salary", 60),
                        Map.of("last_name", "Made", "industry", batch),
                        Map.of("id", old, "salary", 51)))));
        assertThat(queued.status()).as(queued.body()).isEqualTo(202);
        assertThat(ended(queued).json()).containsEntry("created", 1).containsEntry("updated", 3);
        http.send("PATCH", "/api/data/contacts/" + touched, "{\"vip\": true}");
        Answer undone = http.post(path(queued) + "/undo", "");
        assertThat(undone.status()).as(undone.body()).isEqualTo(200);
        assertThat(undone.json()).containsEntry("success", true).containsEntry("deleted", 1)
                .containsEntry("restored", 1).containsEntry("failed", 1).containsKey("revertedAt");
        assertThat(http.get("/api/data/contacts/" + old).body()).contains("\"salary\":5.00", "\"last_name\":\"Old\"");
        assertThat(http.get("/api/data/contacts/" + touched).body()).contains("\"salary\":60.00");
        assertThat(http.get("/api/data/contacts?industry=" + batch.replace(" ", "%20")).body()).doesNotContain("Made");
        Answer again = http.post(path(queued) + "/undo", "");
        assertThat(again.status()).isEqualTo(422);
        assertThat(again.json()).containsEntry("code", "IMPORT_NOT_UNDOABLE");
    }

    @Test
    void triesAFileWithoutKeepingAnyOfIt() {
        String batch = "Job " + UUID.randomUUID();
        Answer queued = http.send("POST", "/api/data/contacts/import/jobs?dryRun=true",
                "last_name,industry\nA," + batch + "\n," + batch + "\n", "Content-Type", "text/csv");
        assertThat(ended(queued).json()).containsEntry("created", 1).containsEntry("errors", 1)
                .containsEntry("undoable", false);
        assertThat(http.get("/api/data/contacts?industry=" + batch.replace(" ", "%20")).json().get("records"))
                .isEqualTo(List.of());
    }

    @Test
    void leavesAJobThatHasEndedWhenItIsCancelled() {
        Answer queued = http.post("/api/data/contacts/import/jobs", "{\"rows\": [{\"last_name\": \"x\"}]}");
        ended(queued);
        Answer cancelled = http.post(path(queued) + "/cancel", "");
        assertThat(cancelled.json()).containsEntry("success", false).containsEntry("status", "succeeded");
    }

    @Test
    void refusesWhatCouldNotBeImportedBeforeItIsStored() {
        assertThat(http.post("/api/data/contacts/import/jobs", "{\"rows\": [{\"odd\": 1}]}").json())
                .containsEntry("code", "INVALID_FIELD");
        assertThat(http.post("/api/data/contacts/import/jobs", "{\"rows\": [], \"atomic\": true}").status())
                .isEqualTo(400);
        assertThat(http.post("/api/data/import/jobs", "{\"rows\": []}").status()).isEqualTo(400);
        assertThat(http.post("/api/data/nothing/import/jobs", "{\"rows\": []}").json()).containsEntry("code",
                "OBJECT_NOT_FOUND");
        assertThat(http.get("/api/data/import/jobs?odd=1").status()).isEqualTo(400);
        assertThat(http.get("/api/data/import/jobs/" + UUID.randomUUID()).json()).containsEntry("code",
                "RESOURCE_NOT_FOUND");
        assertThat(http.get("/api/data/import/jobs/no-id/results").status()).isEqualTo(404);
        assertThat(http.get("/api/data/import").json()).containsEntry("code", "OBJECT_NOT_FOUND");
    }

    @Test
    void showsJobsToWhoAskedForThemAndToAdministrators() {
        Answer queued = http.post("/api/data/contacts/import/jobs", "{\"rows\": [{\"last_name\": \"mine\"}]}", MEMBER);
        assertThat(queued.status()).as(queued.body()).isEqualTo(202);
        assertThat(http.get(path(queued), MEMBER).status()).isEqualTo(200);
        assertThat(http.get(path(queued)).status()).isEqualTo(200);
        assertThat(http.get(path(queued), "Authorization", "Bearer nobody").status()).isEqualTo(401);
    }

    private static String created(String batch, String name, int salary) {
        Answer made = http.post("/api/data/contacts", "{\"last_name\": \"" + name + "\", \"industry\": \"" + batch
                + "\", \"salary\": " + salary + "}");
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        return String.valueOf(made.json().get("id"));
    }

    private static Answer ended(Answer queued) {
        assertThat(queued.status()).as(queued.body()).isEqualTo(202);
        Eventually.await(() -> !List.of("pending", "running").contains(http.get(path(queued)).json().get("status")));
        return http.get(path(queued));
    }

    private static String id(Answer queued) {
        return String.valueOf(queued.json().get("id"));
    }

    private static String path(Answer queued) {
        return "/api/data/contacts/import/jobs/" + id(queued);
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> results(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return (List<Map<String, Object>>) Objects.requireNonNull(answer.json().get("results"));
    }
}
