package dev.objectos.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.server.TestingHttp.Answer;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The HTTP contract from the request to PostgreSQL and back. */
@ExtendWith(SharedRealServer.class)
final class RealServerTests {

    private static final String[] CLERK = {"Authorization", "Bearer clerk"};

    @SuppressWarnings("NullAway.Init")
    private static TestingHttp http;

    @BeforeAll
    static void start(TestingHttp shared) {
        http = shared;
    }

    @Test
    void servesTheOfficialClient() throws IOException, InterruptedException {
        TypeScriptClientTests.assertServes(http);
    }

    @Test
    void keepsWhatIsWritten() {
        Answer made = http.post("/api/data/contacts",
                "{\"last_name\":\"Ölçer 😀\",\"salary\":12345678901234.10,\"tags\":[\"a\",\"b\"],\"start_date\":\"2026-01-31\"}");
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        Map<String, Object> record = record(made);
        assertThat(record).containsEntry("last_name", "Ölçer 😀").containsEntry("status", "active")
                .containsEntry("tags", List.of("a", "b")).containsEntry("start_date", "2026-01-31")
                .doesNotContainKey("tenant_id");
        assertThat(made.body()).contains("12345678901234.10");
        Answer got = http.get(Objects.requireNonNull(made.header("Location")));
        assertThat(got.body()).isEqualTo(made.body());
        assertThat(got.header("ETag")).isEqualTo(made.header("ETag"));
        assertThat(http.get("/api/data/contacts/" + record.get("id"), "If-None-Match",
                Objects.requireNonNull(got.header("ETag"))).status()).isEqualTo(304);
    }

    @Test
    void guardsAgainstConcurrentUpdates() {
        String path = created("{\"last_name\":\"Versioned\"}");
        String etag = Objects.requireNonNull(http.get(path).header("ETag"));
        Answer first = http.send("PATCH", path, "{\"vip\":true}", "If-Match", etag);
        assertThat(first.status()).as(first.body()).isEqualTo(200);
        Answer second = http.send("PATCH", path, "{\"vip\":false}", "If-Match", etag);
        assertThat(second.status()).isEqualTo(409);
        assertThat(second.json()).containsEntry("code", "CONCURRENT_UPDATE").containsKey("currentVersion");
        assertThat(http.send("DELETE", path, null, "If-Match", etag).status()).isEqualTo(409);
        assertThat(http.send("DELETE", path, null).status()).isEqualTo(200);
        assertThat(http.get(path).json()).containsEntry("code", "RECORD_NOT_FOUND");
        assertThat(http.send("PATCH", path, "{\"vip\":false}").json()).containsEntry("code", "RECORD_NOT_FOUND");
    }

    /** The driver prepares a statement on the server when it has been used a few times, and then works differently. */
    @Test
    void answersAlikeHoweverOftenItIsAsked() {
        String name = "Often " + UUID.randomUUID();
        String encoded = name.replace(" ", "%20");
        for (int i = 0; i < 40; i++) {
            String path = created("{\"last_name\":\"" + name
                    + "\",\"account\":null,\"start_date\":null,\"tags\":null,\"salary\":null}");
            Answer changed = http.send("PATCH", path, "{\"account\":null,\"vip\":null,\"start_date\":null}", "If-Match",
                    Objects.requireNonNull(http.get(path).header("ETag")));
            assertThat(changed.status()).as(changed.body()).isEqualTo(200);
        }
        for (int i = 0; i < 20; i++) {
            String first = "/api/data/contacts?top=15&sort=-salary,account,start_date&last_name=" + encoded;
            Answer page = http.get(first);
            assertThat(records(page)).hasSize(15);
            Answer next = http.get(first + "&cursor=" + page.json().get("nextCursor"));
            assertThat(records(next)).hasSize(15);
            assertThat(records(http.get(first + "&cursor=" + next.json().get("nextCursor")))).hasSize(10);
        }
    }

    @Test
    void findsByUrlAndByBody() {
        String name = "Find " + UUID.randomUUID();
        http.post("/api/data/contacts/createMany",
                """
                        [{"last_name":"%1$s","vip":true,"salary":1.5,"tags":["x"]},{"last_name":"%1$s","vip":false,"salary":2.5}]"""
                        .formatted(name));
        String encoded = name.replace(" ", "%20");
        assertThat(records(http.get("/api/data/contacts?last_name=" + encoded))).hasSize(2);
        assertThat(records(http.get("/api/data/contacts?vip=true&last_name=" + encoded))).hasSize(1);
        assertThat(records(http.get("/api/data/contacts?salary=2.50&last_name=" + encoded))).hasSize(1);
        assertThat(records(http.get("/api/data/contacts?tags=x&last_name=" + encoded))).hasSize(1);
        assertThat(records(http.get("/api/data/contacts?account=null&last_name=" + encoded))).hasSize(2);
        Answer grouped = http.post("/api/data/contacts/query", """
                {"where":[["last_name","=","%s"],"and",["created_at",">=","{today}"]],"groupBy":["vip"],
                 "aggregations":[{"function":"sum","field":"salary"},{"function":"count"}],"orderBy":"-sum_salary"}"""
                .formatted(name));
        assertThat(grouped.status()).as(grouped.body()).isEqualTo(200);
        assertThat(grouped.body()).contains("\"sum_salary\":2.5", "\"count\":1");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"no_such=1|INVALID_FIELD", "select=no_such|INVALID_FIELD",
            "vip=perhaps|INVALID_FILTER", "salary=x|INVALID_FILTER", "sort=no_such|INVALID_FIELD",
            "expand=no_such|INVALID_FIELD", "start_date=soon|INVALID_FILTER", "cursor=nonsense|INVALID_QUERY",
            "filter=%7B%22no_such.x%22:1%7D|INVALID_FIELD"})
    void refusesWhatCannotBeAsked(String query, String code) {
        Answer answer = http.get("/api/data/contacts?" + query);
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.json()).as(answer.body()).containsEntry("code", code);
    }

    @Test
    void reportsEveryFieldOfARefusedWrite() {
        Answer answer = http.post("/api/data/contacts", "{\"status\":\"odd\",\"salary\":\"x\",\"id\":\"1\"}");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json()).containsEntry("object", "contacts");
        assertThat(answer.body()).contains("\"field\":");
    }

    @Test
    void refusesATakenValue() {
        created("{\"last_name\":\"A\",\"email\":\"taken@example.com\"}");
        Answer answer = http.post("/api/data/contacts", "{\"last_name\":\"B\",\"email\":\"taken@example.com\"}");
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.json()).containsEntry("code", "UNIQUE_VIOLATION");
    }

    @Test
    void makesATransactionOfSeveralObjectsOrNothing() {
        String name = "Apollo " + UUID.randomUUID();
        Answer done = http.post("/api/batch", """
                {"operations":[{"object":"accounts","data":{"name":"%1$s"}},
                               {"object":"contacts","data":{"last_name":"%1$s","account":{"$ref":0}}}]}"""
                .formatted(name));
        assertThat(done.status()).as(done.body()).isEqualTo(200);
        Answer shown = http.get("/api/data/contacts?expand=account&last_name=" + name.replace(" ", "%20"));
        assertThat(shown.body()).contains("\"account\":{").contains("\"name\":\"" + name + "\"");
        Answer undone = http.post("/api/batch",
                """
                        {"operations":[{"object":"accounts","data":{"name":"other %1$s"}},{"object":"accounts","data":{"name":"%1$s"}}]}"""
                        .formatted(name));
        assertThat(undone.status()).isEqualTo(409);
        assertThat(records(http.get("/api/data/accounts?name=other%20" + name.replace(" ", "%20")))).isEmpty();
    }

    @Test
    void upsertsByExternalId() {
        String body = """
                {"operation":"upsert","records":[{"externalId":"up@example.com","data":{"last_name":"%s"}}],
                 "options":{"returnRecords":true}}""";
        Answer made = http.post("/api/data/contacts/batch", body.formatted("One"));
        Answer changed = http.post("/api/data/contacts/batch", body.formatted("Two"));
        assertThat(made.json()).as(made.body()).containsEntry("success", true);
        assertThat(changed.body()).contains("\"last_name\":\"Two\"");
        assertThat(records(http.get("/api/data/contacts?email=up@example.com"))).hasSize(1);
    }

    @Test
    void tellsThatItIsUpAndHowFastItIs() {
        assertThat(http.get("/actuator/health", "Authorization", "none").json()).containsEntry("status", "UP");
        http.get("/api/data/contacts");
        assertThat(http.get("/actuator/prometheus", "Accept", "text/plain").body())
                .contains("http_server_requests_seconds_bucket").contains("uri=\"/api/data/{object}\"");
    }

    @Test
    void showsAdministratorsHowItIsDoing() {
        Answer doctor = http.get("/api/doctor");
        assertThat(doctor.status()).as(doctor.body()).isEqualTo(200);
        assertThat(doctor.json()).as(doctor.body()).containsEntry("healthy", true);
        assertThat(doctor.body()).contains("\"check\":\"row-level security\",\"status\":\"ok\"");
        assertThat(http.get("/api/health").body()).contains("\"name\":\"database.worker\"",
                "\"breaker\":\"closed\"");
        assertThat(http.get("/api/services").json()).containsKeys("services", "uses", "cycles");
        assertThat(http.get("/api/services?capability=Mail%20Send").status()).isEqualTo(400);
        assertThat(http.get("/api/doctor", "Authorization", "none").status()).isEqualTo(401);
    }

    @Test
    void describesAnObjectAsTheSessionSeesIt() {
        Answer whole = http.get("/api/metadata/staff");
        Answer seen = http.get("/api/metadata/staff", CLERK);

        assertThat(whole.body()).contains("\"permission_sets\"", "\"by_salary\"", "record.salary * 12")
                .contains("\"operations\":{\"read\":true,\"create\":true,\"update\":true,\"delete\":true}");
        assertThat(seen.body()).doesNotContain("salary", "yearly", "\"number\":{", "address", "permission_sets")
                .contains("\"operations\":{\"read\":true,\"create\":true,\"update\":true,\"delete\":false}",
                        "\"by_grade\"", "\"well_paid\"", "record.name + '!'", "record.status == 'left'",
                        "{\"name\":\"paid\",\"message\":\"Pay them\",\"fields\":[\"name\"]",
                        "\"money\":{\"columns\":[\"name\"]}");
        assertThat(member(seen, "fields", "name")).containsEntry("creatable", true).containsEntry("editable", true)
                .containsEntry("masked", false);
        assertThat(member(seen, "fields", "notice")).containsEntry("creatable", true).containsEntry("editable", false);
        assertThat(member(seen, "fields", "email")).containsEntry("creatable", false).containsEntry("editable", false)
                .containsEntry("masked", true);
        assertThat(member(whole, "fields", "id")).containsEntry("editable", false);
        assertThat(http.get("/api/metadata/object/staff", CLERK).body()).doesNotContain("salary");
        assertThat(seen.header("ETag")).isNotEqualTo(whole.header("ETag"));
        assertThat(http.get("/api/metadata/staff", "Authorization", "Bearer clerk", "If-None-Match",
                Objects.requireNonNull(seen.header("ETag"))).status()).isEqualTo(304);
        assertThat(http.get("/api/metadata/staff", "Authorization", "Bearer clerk", "If-None-Match",
                Objects.requireNonNull(whole.header("ETag"))).status()).isEqualTo(200);
    }

    @Test
    void showsNoObjectThatMayNotBeRead() {
        assertThat(without(http.get("/api/metadata/accounts", CLERK), "accounts"))
                .isEqualTo(without(http.get("/api/metadata/nothing", CLERK), "nothing"));
        assertThat(without(http.get("/api/metadata/object/accounts", CLERK), "accounts"))
                .isEqualTo(without(http.get("/api/metadata/object/nothing", CLERK), "nothing"));
        assertThat(http.get("/api/metadata/object", CLERK).body()).contains("\"name\":\"staff\"")
                .doesNotContain("\"name\":\"accounts\"", "by_salary");
        assertThat(http.get("/api/metadata/object").body()).contains("\"name\":\"accounts\"");
    }

    @Test
    void describesInOpenApiWhatTheUserMayCall() {
        String seen = http.get("/api/openapi.json", CLERK).body();
        Answer whole = http.get("/api/openapi.json");

        assertThat(whole.body()).contains("\"delete_staff\"", "\"list_accounts\"", "salary");
        assertThat(seen).contains("\"update_staff\"", "\"create_staff\"", "\"batch_staff\"", "\"list_staff\"")
                .doesNotContain("delete_staff", "deleteMany_staff", "accounts");
        assertThat(whole.body()).contains("\"restore_staff\"", "\"emptyBin_staff\"", "\"plugins_install\"",
                "\"metadata_save\"", "\"graphql\"", "\"storage_upload\"", "\"Finding\"");
        assertThat(seen).contains("\"bin_staff\"", "\"graphql\"", "\"storage_upload\"", "\"analytics_query\"")
                .doesNotContain("restore_staff", "purge_staff", "emptyBin_staff", "plugins_install", "metadata_save",
                        "\"Finding\"");
        assertThat(http.get("/api/openapi.json", CLERK).header("ETag")).isNotEqualTo(whole.header("ETag"));
        Map<String, Object> schemas = member(http.get("/api/openapi.json", CLERK), "components", "schemas");
        assertThat(properties(schemas, "staff")).containsKeys("name", "email", "well_paid").doesNotContainKeys("salary",
                "yearly", "number");
        assertThat(properties(schemas, "staff_input")).containsKeys("name", "notice").doesNotContainKey("email");
        assertThat(properties(schemas, "staff_change")).containsKey("name").doesNotContainKeys("notice", "email");
    }

    @Test
    void showsPermissionsToWhoDecidesAboutThem() {
        assertThat(records(http.get("/api/metadata/permission"), "items")).isNotEmpty();
        assertThat(records(http.get("/api/metadata/permission", "Authorization", "Bearer owner"), "items"))
                .isNotEmpty();
        for (String who : List.of("Bearer clerk", "Bearer member")) {
            assertThat(records(http.get("/api/metadata/permission", "Authorization", who), "items")).isEmpty();
            assertThat(http.get("/api/metadata/permission/contacts", "Authorization", who).status()).isEqualTo(404);
        }
        assertThat(http.get("/api/metadata/permission/contacts").status()).isEqualTo(200);
    }

    @Test
    void tellsWhatMayBeDoneWithARecord() {
        Answer active = http.post("/api/data/staff", "{\"name\":\"Active\",\"email\":\"active@example.com\"}");
        Answer left = http.post("/api/data/staff", "{\"name\":\"Gone\",\"status\":\"left\"}");

        Map<String, Object> mine = member(http.get(active.header("Location") + "?meta=permissions", CLERK),
                "permissions");
        assertThat(mine).containsEntry("update", true).containsEntry("delete", false);
        assertThat(mine.get("fields")).asString().contains("name={editable=true}", "notice={editable=false}",
                "email={editable=false}").doesNotContain("salary", "number");
        Map<String, Object> other = member(
                http.get(left.header("Location") + "?meta=permissions&select=name", CLERK), "permissions");
        assertThat(other).containsEntry("update", false);
        assertThat(other.get("fields")).asString().contains("name={editable=false}").doesNotContain("=true");
        Answer whole = http.get(active.header("Location") + "?meta=permissions", "If-None-Match",
                Objects.requireNonNull(active.header("ETag")));
        assertThat(whole.status()).as("a version says nothing of rights").isEqualTo(200);
        assertThat(member(whole, "permissions")).containsEntry("update", true).containsEntry("delete", true);
        assertThat(http.get(active.header("Location") + "?meta=other").json()).containsEntry("code", "INVALID_REQUEST");
    }

    @Test
    void tellsNothingOfAHiddenField() {
        for (String hidden : List.of("salary", "address", "number", "yearly")) {
            for (String way : List.of("?%s=abc", "?%s=null", "?%s=1", "?sort=%s", "?select=%s", "?expand=%s")) {
                assertThat(without(http.get("/api/data/staff" + way.formatted(hidden), CLERK), hidden)).as(way)
                        .isEqualTo(without(http.get("/api/data/staff" + way.formatted("nothing"), CLERK), "nothing"));
            }
            String body = "{\"operation\":\"upsert\",\"records\":[{\"data\":{\"name\":\"x\",\"%s\":\"1\"}}]}";
            assertThat(without(http.post("/api/data/staff/batch", body.formatted(hidden), CLERK), hidden)).isEqualTo(
                    without(http.post("/api/data/staff/batch", body.formatted("nothing"), CLERK), "nothing"));
        }
        Answer made = http.post("/api/data/staff", "{\"name\":\"Masked\"}", CLERK);
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        assertThat(made.body()).doesNotContain("salary", "number");
    }

    /** What an answer says but for the name that the caller gave, and for its number. */
    private static String without(Answer answer, String name) {
        return answer.status() + answer.body().replace(name, "…").replaceAll("\"requestId\":\"[^\"]*\"", "");
    }

    private static Map<String, Object> properties(Map<String, Object> schemas, String name) {
        return member(schemas, name, "properties");
    }

    private static Map<String, Object> member(Answer answer, String... path) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return member(answer.json(), path);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> member(Map<String, Object> tree, String... path) {
        Map<String, Object> at = tree;
        for (String name : path) {
            at = (Map<String, Object>) Objects.requireNonNull(at.get(name), name);
        }
        return at;
    }

    private static String created(String json) {
        Answer made = http.post("/api/data/contacts", json);
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        return Objects.requireNonNull(made.header("Location"));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> record(Answer answer) {
        return (Map<String, Object>) Objects.requireNonNull(answer.json().get("record"));
    }

    private static List<?> records(Answer answer) {
        return records(answer, "records");
    }

    private static List<?> records(Answer answer, String name) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return (List<?>) Objects.requireNonNull(answer.json().get(name));
    }
}
