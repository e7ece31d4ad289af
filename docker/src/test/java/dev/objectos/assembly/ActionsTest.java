package dev.objectos.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** Actions of objects, and measures over their records, as people with different rights meet them. */
@ExtendWith(SharedServer.class)
@TestInstance(Lifecycle.PER_CLASS)
class ActionsTest {

    private static final String ERRANDS = "/api/data/errands";
    private static final String ANALYTICS = "/api/analytics/query";

    private final ServerProcess server;
    private final Colleague runner;
    private final Colleague watcher;
    private final Colleague lead;

    ActionsTest(SharedServer.Fixture fixture) {
        server = fixture.server();
        runner = Colleague.join(server, "act-runner", "runner");
        watcher = Colleague.join(server, "act-watcher", "watcher");
        lead = Colleague.join(server, "act-lead", "errand_lead");
    }

    @Test
    void doesWhatTheyStandForInTheNameOfWhoRunsThem() {
        String id = runner.post(ERRANDS, "{\"title\": \"Fetch\"}").id();
        Answer done = runner.post("/api/actions/errands.finish",
                "{\"recordId\": \"" + id + "\", \"params\": {\"note\": \"Fetched\", \"cost\": 12.50}}");
        assertThat(done.status()).as(done.body()).isEqualTo(200);
        assertThat(done.json().path("success").asBoolean()).isTrue();
        assertThat(done.json().path("data").path("record"))
                .isEqualTo(runner.get(ERRANDS + "/" + id).record());
        assertThat(done.json().path("data").path("record").path("status").asString()).isEqualTo("done");
        assertThat(done.json().path("data").path("record").path("updated_by").asString()).isEqualTo(runner.id());

        assertThat(watcher.post("/api/actions/errands.finish",
                "{\"recordId\": \"" + id + "\", \"params\": {\"note\": \"x\"}}").code()).isEqualTo("PERMISSION_DENIED");
        assertThat(runner.post("/api/actions/errands.drop", "{\"id\": \"" + id + "\"}").status()).isEqualTo(403);
        assertThat(lead.post("/api/v1/actions/errands/drop", "{\"recordId\": \"" + id + "\", \"params\": {}}").json()
                .path("data").path("record").path("note").asString()).isEqualTo("Dropped by act-lead");
    }

    @Test
    void refusesWithEverythingThatIsWrong() {
        String id = runner.post(ERRANDS, "{\"title\": \"Carry\"}").id();
        Answer wrong = runner.post("/api/actions/errands.finish", "{\"recordId\": \"" + id
                + "\", \"params\": {\"note\": \"far longer than twenty characters\", \"cost\": -1, \"x\": 1}}");
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.code()).isEqualTo("VALIDATION_FAILED");
        assertThat(wrong.json().path("fields")).extracting(field -> field.path("field").asString())
                .containsExactlyInAnyOrder("note", "cost", "x");
        assertThat(runner.post("/api/actions/errands.sweep", "{}").status()).isEqualTo(501);
        assertThat(runner.post("/api/actions/errands.nothing", "{}").code()).isEqualTo("RESOURCE_NOT_FOUND");
        assertThat(runner.post("/api/actions/nothing.finish", "{}").code()).isEqualTo("OBJECT_NOT_FOUND");
        assertThat(runner.post("/api/actions/errands.finish",
                "{\"recordId\": \"" + id.substring(0, 24) + "000000000000\", \"params\": {\"note\": \"x\"}}").code())
                .isEqualTo("RECORD_NOT_FOUND");
    }

    @Test
    void areListedForThoseWhoMayRunThem() {
        assertThat(runner.get("/api/metadata/errands").json().path("actions").propertyNames())
                .containsExactlyInAnyOrder("finish", "sweep");
        assertThat(lead.get("/api/metadata/errands").json().path("actions").propertyNames())
                .containsExactlyInAnyOrder("finish", "sweep", "drop");
        JsonNode described = lead.get("/api/openapi.json").json().path("paths");
        assertThat(described.path("/api/actions/errands.drop").path("post").path("operationId").asString())
                .isEqualTo("action_errands_drop");
        assertThat(runner.get("/api/openapi.json").json().path("paths").has("/api/actions/errands.drop")).isFalse();
    }

    @Test
    void areRunByTriggers() {
        String id = runner.post(ERRANDS, "{\"title\": \"Hurry\", \"urgent\": true}").id();
        Patience.until("the trigger to finish the errand", Duration.ofSeconds(20),
                () -> runner.get(ERRANDS + "/" + id).record().path("status").asString().equals("done"));
        assertThat(runner.get(ERRANDS + "/" + id).record().path("note").asString()).isEqualTo("At once");
    }

    @Test
    void measuresAndShowsTheRecordsBehindACell() {
        for (int i = 1; i <= 3; i++) {
            lead.post(ERRANDS, """
                    {"title": "Measured", "cost": %d.25, "budget": 10, "due": "2031-0%d-15", "status": "dropped"}"""
                    .formatted(i, i));
        }
        String where = "\"where\": {\"title\": \"Measured\"}";
        Answer byMonth = lead.post(ANALYTICS,
                """
                        {"cube": "errands", "measures": ["count", "errands.cost_sum", "budget_max"], "dimensions": ["status"],
                         "timeDimensions": [{"dimension": "due", "granularity": "month", "dateRange": ["2031-01-01", "2031-02-28"]}],
                         "order": {"due": "desc"}, "totals": true, %s}"""
                        .formatted(where));
        assertThat(byMonth.status()).as(byMonth.body()).isEqualTo(200);
        JsonNode first = byMonth.json().path("rows").path(0);
        assertThat(byMonth.json().path("rows")).hasSize(2);
        assertThat(first.path("due").asString()).isEqualTo("2031-02");
        assertThat(first.path("errands.cost_sum").decimalValue()).isEqualByComparingTo("2.25");
        assertThat(byMonth.json().path("fields")).extracting(field -> field.path("name").asString())
                .containsExactly("due", "status", "count", "errands.cost_sum", "budget_max");
        assertThat(byMonth.json().path("fields")).extracting(field -> field.path("type").asString())
                .containsExactly("time", "string", "number", "number", "number");
        assertThat(byMonth.json().path("totals").path(0).path("rows").path(0).path("count").asInt()).isEqualTo(2);

        Answer cell = lead.post(ANALYTICS, """
                {"cube": "errands", "measures": ["count"], "dimensions": ["status"],
                 "timeDimensions": [{"dimension": "due", "granularity": "month"}],
                 "drill": {"due": "2031-02", "status": "dropped"}, "fields": ["title", "due"], %s}""".formatted(where));
        assertThat(cell.json().path("records")).as(cell.body()).hasSize(1);
        assertThat(cell.json().path("records").path(0).path("due").asString()).isEqualTo("2031-02-15");

        assertThat(runner.post(ANALYTICS, "{\"cube\": \"errands\", \"measures\": [\"budget_max\"]}").code())
                .isEqualTo("INVALID_FIELD");
        assertThat(runner.post(ANALYTICS, "{\"cube\": \"errands\", \"measures\": [\"nothing_max\"]}").code())
                .isEqualTo("INVALID_FIELD");
        assertThat(lead.post(ANALYTICS, "{\"cube\": \"errands\", \"measures\": [\"count\"], \"x\": 1}").code())
                .isEqualTo("INVALID_QUERY");
        JsonNode cubes = runner.get("/api/analytics/meta?cube=errands").json();
        assertThat(cubes).hasSize(1);
        assertThat(cubes.path(0).path("measures")).extracting(measure -> measure.path("name").asString())
                .contains("errands.count", "errands.cost_sum").doesNotContain("errands.budget_max");
    }
}
