package dev.objectos.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** Two applications that others wrote, loaded unchanged. */
@ExtendWith(SharedServer.class)
class RealInputTest {

    private static final List<String> OBJECTS = List.of("crm_account", "crm_contact", "crm_lead", "crm_opportunity",
            "hr_department", "hr_employee", "hr_position", "hr_timesheet", "finance_budget", "finance_expense",
            "finance_invoice", "finance_payment", "project_project", "project_task", "project_milestone",
            "project_timesheet_entry", "user", "organization", "attachment", "note", "projects", "tasks",
            "kitchen_sink");

    private final ServerProcess server;

    RealInputTest(SharedServer.Fixture fixture) {
        server = fixture.server();
    }

    @BeforeEach
    void realInputIsThere() {
        assumeTrue(ProjectFolders.realInput().isPresent(),
                "NOT TESTED: there is no folder shared/real-input beside or above the project, so whether real applications"
                        + " load unchanged is unknown");
    }

    @Test
    void loadsWithoutAnyErrorAndServesEveryObject() {
        Answer diagnostics = server.get("/api/metadata/diagnostics?severity=error&type=object");

        assertThat(diagnostics.status()).isEqualTo(200);
        assertThat(diagnostics.json().path("entries").valueStream()
                .filter(entry -> !entry.path("file").asString().contains("watched"))).isEmpty();
        assertThat(OBJECTS).allSatisfy(
                object -> assertThat(server.get("/api/data/" + object)).returns(200, Answer::status));
    }

    @Test
    void anAccountIsCreatedReadChangedAndDeleted() {
        String path = "/api/data/crm_account/" + server.post("/api/data/crm_account", """
                {"name": "Ångström & Söhne", "annual_revenue": 1234567.89, "employees": 12}""").id();

        JsonNode account = server.get(path).record();
        assertThat(account.path("name").asString()).isEqualTo("Ångström & Söhne");
        assertThat(account.path("type").asString()).isEqualTo("prospect");
        assertThat(account.path("annual_revenue").decimalValue()).isEqualByComparingTo("1234567.89");
        assertThat(server.patch(path, "{\"type\": \"customer\"}").record().path("type").asString())
                .isEqualTo("customer");
        assertThat(server.delete(path).status()).isEqualTo(200);
        assertThat(server.get(path).code()).isEqualTo("RECORD_NOT_FOUND");
    }

    @Test
    void aContactNeedsItsAccountAndComputesItsName() {
        Answer refused = server.post("/api/data/crm_contact", "{\"first_name\": \"Ada\", \"last_name\": \"King\"}");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(fieldCodes(refused)).containsExactly("account required");

        String account = server.post("/api/data/crm_account", "{\"name\": \"Analytical Engines\"}").id();
        String path = "/api/data/crm_contact/" + server.post("/api/data/crm_contact",
                "{\"first_name\": \"Ada\", \"last_name\": \"King\", \"account\": \"" + account + "\"}").id();

        JsonNode contact = server.get(path + "?expand=account").record();
        assertThat(contact.path("full_name").asString()).isEqualTo("Ada King");
        assertThat(contact.path("account").path("name").asString()).isEqualTo("Analytical Engines");
        assertThat(server.patch(path, "{\"last_name\": \"Lovelace\"}").record().path("full_name").asString())
                .isEqualTo("Ada Lovelace");
        assertThat(server.delete(path).status()).isEqualTo(200);
        assertThat(server.get(path).status()).isEqualTo(404);
    }

    @Test
    void projectsObeyTheRulesOfTheirFile() {
        assertThat(fieldCodes(server.post("/api/data/projects", "{\"name\": \"Bridge\", \"budget\": 10001}")))
                .containsExactly("description HIGH_BUDGET_REQUIRES_DESCRIPTION");
        assertThat(fieldCodes(server.post("/api/data/projects",
                "{\"name\": \"Bridge\", \"start_date\": \"2026-03-02\", \"end_date\": \"2026-03-01\"}")))
                .contains("end_date INVALID_DATE_RANGE");
        assertThat(fieldCodes(server.post("/api/data/projects", "{\"name\": \"Bridge\", \"budget\": -1}")))
                .containsExactly("budget NEGATIVE_BUDGET");

        String path = "/api/data/projects/" + server.post("/api/data/projects",
                "{\"name\": \"Bridge\", \"budget\": 10000, \"start_date\": \"2026-03-01\", \"end_date\": \"2026-03-01\"}")
                .id();
        assertThat(server.get(path).record().path("status").asString()).isEqualTo("planned");
        assertThat(fieldCodes(server.patch(path, "{\"budget\": 10001}")))
                .containsExactly("description HIGH_BUDGET_REQUIRES_DESCRIPTION");
        assertThat(server.patch(path, "{\"budget\": 10001, \"description\": \"Over the river\"}").status())
                .isEqualTo(200);
        assertThat(server.delete(path).status()).isEqualTo(200);
    }

    @Test
    void everyKindOfValueComesBackAsItWasWritten() {
        String vector = IntStream.range(0, 1536).mapToObj(i -> i % 2 == 0 ? "0.5" : "-0.25")
                .collect(Collectors.joining(",", "[", "]"));
        String path = "/api/data/kitchen_sink/" + server.post("/api/data/kitchen_sink", """
                {"simple_text": "all of them", "long_text": "two\\nlines", "rich_content": "# Title", "count": 42,
                 "price": 19.90, "progress": 0.55, "is_active": false, "due_date": "2026-02-28",
                 "meeting_time": "2026-02-28T10:00:00+02:00", "alarm": "07:30:00", "status": "published",
                 "tags": ["news", "tech"], "email_address": "ada@example.com", "phone_number": "+41 44 668 18 00",
                 "website": "https://example.com/a?b=c", "secret_code": "open sesame",
                 "coords": {"latitude": 47.37, "longitude": 8.54}, "metadata": {"a": [1, {"b": null}]},
                 "embedding": %s}""".formatted(vector)).id();

        Answer answer = server.get(path);
        JsonNode record = answer.record();
        assertThat(record.path("simple_text").asString()).isEqualTo("all of them");
        assertThat(record.path("long_text").asString()).isEqualTo("two\nlines");
        assertThat(record.path("count").intValue()).isEqualTo(42);
        assertThat(record.path("price").decimalValue()).isEqualByComparingTo("19.90");
        assertThat(record.path("progress").decimalValue()).isEqualByComparingTo("0.55");
        assertThat(record.path("is_active").booleanValue()).isFalse();
        assertThat(record.path("due_date").asString()).isEqualTo("2026-02-28");
        assertThat(record.path("meeting_time").asString()).isEqualTo("2026-02-28T08:00:00Z");
        assertThat(record.path("alarm").asString()).startsWith("07:30");
        assertThat(record.path("tags").toString()).isEqualTo("[\"news\",\"tech\"]");
        assertThat(record.path("website").asString()).isEqualTo("https://example.com/a?b=c");
        assertThat(record.path("coords").path("latitude").decimalValue()).isEqualByComparingTo("47.37");
        assertThat(record.path("coords").path("longitude").decimalValue()).isEqualByComparingTo("8.54");
        assertThat(record.path("metadata").toString()).isEqualTo("{\"a\":[1,{\"b\":null}]}");
        assertThat(record.path("embedding").size()).isEqualTo(1536);
        assertThat(record.path("embedding").get(1).doubleValue()).isEqualTo(-0.25);
        assertThat(answer.body()).doesNotContain("secret_code", "open sesame");
    }

    @Test
    void allMistakesInOneRecordAreToldTogether() {
        assertThat(fieldCodes(server.post("/api/data/kitchen_sink", """
                {"simple_text": "ab", "progress": 2, "tags": ["nonsense"], "due_date": "2026-02-30",
                 "raw_html": "<b>", "embedding": [1, 2]}""")))
                .extracting(entry -> entry.substring(0, entry.indexOf(' ')))
                .contains("simple_text", "progress", "tags", "due_date", "raw_html", "embedding");
    }

    private static List<String> fieldCodes(Answer refused) {
        assertThat(refused.status()).as(refused.body()).isEqualTo(400);
        return refused.json().path("fields").valueStream()
                .map(field -> field.path("field").asString() + " " + field.path("code").asString()).toList();
    }
}
