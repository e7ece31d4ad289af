package dev.objectos.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.runtime.FieldError;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.metadata.FieldPath;
import dev.objectos.runtime.query.Batch;
import dev.objectos.runtime.query.Expected;
import dev.objectos.runtime.query.Mutation;
import dev.objectos.runtime.query.Query;
import dev.objectos.runtime.query.RecordQuery;
import dev.objectos.server.TestingHttp.Answer;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The shapes, statuses and headers of the HTTP contract, over the wire. */
final class HttpSurfaceTests {

    private static final String ONE = "/api/data/contacts/" + RecordingRecords.ID;
    private static final String ENVELOPE = "{\"object\":\"contacts\",\"id\":\"" + RecordingRecords.ID + "\",\"record\":"
            + RecordingRecords.RECORD + "}";

    @SuppressWarnings("NullAway.Init")
    private static TestingHttp http;

    @BeforeAll
    static void start() {
        http = TestingHttp.start();
    }

    @AfterAll
    static void stop() {
        http.close();
    }

    @AfterEach
    void heal() {
        http.records().fail(null);
    }

    @Test
    void answersARecordWithTheBytesOfTheDatabase() {
        Answer answer = http.get(ONE);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(ENVELOPE);
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(answer.header("ETag")).isEqualTo("\"3\"");
        assertThat(answer.header("X-Request-Id")).matches("[0-9a-f]{32}");
    }

    @Test
    void listsThePluginsAsTheOfficialClientReadsThem() {
        Answer answer = http.get("/api/plugins");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).contains("\"total\":2", "\"id\":\"objectos-crm\"", "\"status\":\"enabled\"",
                "\"status\":\"failed\"", "\"enabled\":false");
        assertThat(http.get("/api/plugins/objectos-crm").body()).contains("\"manifest\"", "\"version\":\"1.2.0\"");
        assertThat(http.get("/api/plugins/nobody").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"3\"", "W/\"3\"", "\"1\", \"3\"", "*"})
    void answersThatNothingChanged(String tag) {
        Answer answer = http.get("/api/data/notes/" + RecordingRecords.ID, "If-None-Match", tag);
        assertThat(answer.status()).isEqualTo(304);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.header("ETag")).isEqualTo("\"3\"");
    }

    @Test
    void answersInFullWhereTheAnswerDependsOnMoreThanTheVersion() {
        assertThat(http.get(ONE, "If-None-Match", "\"3\"").status()).isEqualTo(200);
        assertThat(http.get(ONE + "?select=last_name", "If-None-Match", "\"3\"").status()).isEqualTo(304);
        assertThat(http.get(ONE + "?select=last_name,account.name", "If-None-Match", "\"3\"").status()).isEqualTo(200);
        assertThat(http.get(ONE + "?select=full_name", "If-None-Match", "\"3\"").status()).isEqualTo(200);
        assertThat(http.get("/api/data/notes/" + RecordingRecords.ID + "?expand=contact", "If-None-Match", "\"3\"")
                .status()).isEqualTo(200);
    }

    @Test
    void passesOnWhatIsAskedAboutOneRecord() {
        http.get(ONE + "?select=last_name,account.name&expand=account.owner");
        RecordQuery query = http.records().asked(RecordQuery.class);
        assertThat(query.fields()).containsExactly(FieldPath.of("last_name"), FieldPath.of("account", "name"));
        assertThat(query.expand().getFirst().expand().getFirst().name()).isEqualTo("owner");
    }

    @Test
    void listsAndQueriesAlike() {
        Answer list = http.get("/api/data/contacts?top=5&sort=-last_name&status=active");
        assertThat(list.status()).isEqualTo(200);
        Query listed = http.records().asked(Query.class);
        Answer queried = http.post("/api/data/contacts/query",
                "{\"limit\":5,\"orderBy\":\"-last_name\",\"where\":{\"status\":\"active\"}}");
        assertThat(queried.status()).isEqualTo(200);
        assertThat(queried.body()).isEqualTo(list.body());
        assertThat(http.records().asked(Query.class)).isEqualTo(listed);
    }

    @Test
    void answersAnAliasUnderTheObjectsOwnName() {
        assertThat(http.get("/api/data/users").json()).containsEntry("object", "user");
    }

    @Test
    void createsWithALocation() {
        Answer answer = http.post("/api/data/contacts", "{\"last_name\":\"Ölçer\",\"salary\":1.10}");
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.body()).isEqualTo(ENVELOPE);
        assertThat(answer.header("Location")).isEqualTo(ONE);
        assertThat(http.records().asked(Mutation.Create.class).values()).containsEntry("salary",
                new java.math.BigDecimal("1.10"));
    }

    @Test
    void updatesUnderAPrecondition() {
        assertThat(http.send("PATCH", ONE, "{\"age\":null}", "If-Match", "\"3\"").body()).isEqualTo(ENVELOPE);
        Mutation.Update update = http.records().asked(Mutation.Update.class);
        assertThat(update.expected()).isEqualTo(new Expected.Version(3));
        assertThat(update.values()).containsEntry("age", null);
        http.send("PATCH", ONE, "{}", "If-Match", "2026-01-31T14:30:00.123456+01:00");
        assertThat(http.records().asked(Mutation.Update.class).expected())
                .isEqualTo(new Expected.UpdatedAt(Instant.parse("2026-01-31T13:30:00.123456Z")));
        http.send("PATCH", ONE, "{}", "If-Match", "*");
        assertThat(http.records().asked(Mutation.Update.class).expected()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"yesterday", "\"3", "\"1\",\"2\"", "\"\"", "-1", "\"99999999999999999999999\""})
    void refusesAMalformedPrecondition(String tag) {
        Answer answer = http.send("PATCH", ONE, "{}", "If-Match", tag);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json()).containsEntry("code", "INVALID_REQUEST");
    }

    @Test
    void deletesAndClones() {
        assertThat(http.send("DELETE", ONE, null).body())
                .isEqualTo("{\"object\":\"contacts\",\"id\":\"" + RecordingRecords.ID + "\",\"success\":true}");
        Answer clone = http.post(ONE + "/clone", "{\"overrides\":{\"last_name\":\"Twin\"}}");
        assertThat(clone.status()).isEqualTo(201);
        assertThat(clone.json()).containsEntry("sourceId", RecordingRecords.ID.toString()).containsKeys("object", "id",
                "record");
        assertThat(http.records().asked(Map.class)).isEqualTo(Map.of("last_name", "Twin"));
        assertThat(http.send("POST", ONE + "/clone", null).status()).isEqualTo(201);
        assertThat(http.post(ONE + "/clone", "{\"overides\":{}}").status()).isEqualTo(400);
    }

    @Test
    void createsManyOrNone() {
        Answer made = http.post("/api/data/contacts/createMany", "[{\"last_name\":\"A\"},{\"last_name\":\"B\"}]");
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.json().get("records")).asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
                .hasSize(2);
        assertThat(http.records().asked(Batch.class).atomic()).isTrue();
        Answer refused = http.post("/api/data/contacts/createMany",
                "[{\"last_name\":\"A\"},{\"last_name\":\"refuse\"}]");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json()).containsEntry("code", "UNIQUE_VIOLATION").containsEntry("index", 1);
    }

    @Test
    void reportsEachChangeOfABatch() {
        Answer answer = http.post("/api/data/contacts/batch",
                """
                        {"operation":"create","records":[{"data":{"last_name":"A"}},{"data":{"last_name":"refuse"}},{"data":{}}],
                         "options":{"atomic":false,"returnRecords":true}}""");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"success\":false,\"operation\":\"create\",\"total\":3,\"succeeded\":1,"
                + "\"failed\":2,\"results\":[{\"index\":0,\"id\":\"" + RecordingRecords.ID
                + "\",\"success\":true,\"data\":" + RecordingRecords.RECORD + "},"
                + "{\"index\":1,\"success\":false,\"errors\":[{\"code\":\"UNIQUE_VIOLATION\",\"message\":\"last_name is taken\"}]},"
                + "{\"index\":2,\"success\":false,\"errors\":[{\"code\":\"NOT_ATTEMPTED\",\"message\":\"Not tried because a change before it was refused\"}]}]}");
    }

    @Test
    void rollsAnAtomicBatchBack() {
        Answer answer = http.post("/api/data/contacts/batch",
                "{\"operation\":\"create\",\"records\":[{\"data\":{\"a\":1}},{\"data\":{\"a\":\"refuse\"}}]}");
        assertThat(answer.json()).containsEntry("succeeded", 0);
        assertThat(answer.body()).contains("\"code\":\"ROLLED_BACK\"");
    }

    @Test
    void readsUpdatesDeletesAndUpserts() {
        http.post("/api/data/contacts/updateMany",
                "{\"records\":[{\"id\":\"" + RecordingRecords.ID
                        + "\",\"data\":{\"age\":1}}],\"options\":{\"continueOnError\":true}}");
        Batch updates = http.records().asked(Batch.class);
        assertThat(updates.mutations())
                .containsExactly(new Mutation.Update("contacts", RecordingRecords.ID, Map.of("age", 1), null));
        assertThat(updates.atomic()).isFalse();
        assertThat(updates.continueOnError()).isTrue();
        http.post("/api/data/contacts/deleteMany", "{\"ids\":[\"no id\"]}");
        assertThat(http.records().asked(Batch.class).mutations())
                .containsExactly(new Mutation.Delete("contacts", new UUID(0, 0), null));
        http.post("/api/data/contacts/batch",
                "{\"operation\":\"upsert\",\"records\":[{\"externalId\":\"a@b\",\"data\":{}},{\"data\":{\"email\":\"c@d\"}}]}");
        assertThat(http.records().asked(Batch.class).mutations()).extracting(one -> ((Mutation.Upsert) one).match())
                .containsExactly(new Mutation.Match.ExternalId("a@b"), new Mutation.Match.ExternalId("c@d"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"createMany|{}", "createMany|[1]", "updateMany|{\"records\":{}}",
            "updateMany|{\"records\":[{\"id\":1,\"data\":{}}]}", "updateMany|{\"records\":[],\"validateOnly\":true}",
            "deleteMany|{\"ids\":[null]}", "deleteMany|{}",
            "batch|{\"operation\":\"erase\",\"records\":[{\"id\":\"x\"}]}",
            "batch|{\"operation\":\"create\",\"records\":[{\"id\":\"x\",\"data\":{}}]}",
            "batch|{\"operation\":\"upsert\",\"records\":[{\"data\":{}}]}",
            "batch|{\"operation\":\"update\",\"records\":[],\"options\":{\"atomic\":1}}",
            "batch|{\"operation\":\"update\",\"records\":[],\"options\":[]}"})
    void refusesABatchThatHasNotTheShape(String endpoint, String body) {
        Answer answer = http.post("/api/data/contacts/" + endpoint, body);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json()).containsEntry("code", "INVALID_REQUEST");
    }

    @Test
    void resolvesReferencesWithinATransaction() {
        Answer answer = http.post("/api/batch", """
                {"operations":[{"object":"accounts","action":"create","data":{"name":"Apollo"}},
                               {"object":"contacts","data":{"account":{"$ref":0},"last_name":"A"}},
                               {"object":"notes","action":"delete","id":"%s"}],"atomic":true}"""
                .formatted(RecordingRecords.ID));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"results\":[" + RecordingRecords.RECORD + "," + RecordingRecords.RECORD
                + ",{\"id\":\"" + RecordingRecords.ID + "\",\"success\":true}]}");
        var second = (Mutation.Create) http.records().asked(Batch.class).mutations().get(1);
        assertThat(second.values()).containsEntry("account", new Mutation.OperationRef(0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"operations\":[],\"atomic\":false}", "{}",
            "{\"operations\":[{\"object\":\"contacts\"}]}",
            "{\"operations\":[{\"object\":\"contacts\",\"data\":{\"account\":{\"$ref\":0}}}]}",
            "{\"operations\":[{\"object\":\"contacts\",\"action\":\"upsert\",\"data\":{}}]}",
            "{\"operations\":[{\"object\":\"contacts\",\"action\":\"update\",\"data\":{}}]}"})
    void refusesATransactionThatHasNotTheShape(String body) {
        assertThat(http.post("/api/batch", body).status()).isEqualTo(400);
    }

    @Test
    void refusesATransactionWithTheErrorItself() {
        Answer answer = http.post("/api/batch",
                "{\"operations\":[{\"object\":\"contacts\",\"data\":{}},{\"object\":\"contacts\",\"data\":{\"a\":\"refuse\"}}]}");
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.json()).containsEntry("code", "UNIQUE_VIOLATION");
    }

    @Test
    void showsARefusalAsAProblem() {
        http.records().fail(PlatformException.validation("contacts",
                List.of(new FieldError("last_name", "required", "Last name is required"),
                        new FieldError("age", "max", "Age is too high"))));
        Answer answer = http.post("/api/data/contacts", "{}", "X-Request-Id", "abc-1");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.header("X-Request-Id")).isEqualTo("abc-1");
        assertThat(answer.body()).isEqualTo("{\"type\":\"https://objectos.dev/errors/validation-failed\","
                + "\"title\":\"Validation failed\",\"status\":400,\"detail\":\"Last name is required\","
                + "\"message\":\"Last name is required\",\"code\":\"VALIDATION_FAILED\",\"fields\":["
                + "{\"field\":\"last_name\",\"code\":\"required\",\"message\":\"Last name is required\"},"
                + "{\"field\":\"age\",\"code\":\"max\",\"message\":\"Age is too high\"}],\"object\":\"contacts\","
                + "\"requestId\":\"abc-1\"}");
    }

    @Test
    void showsTheCurrentVersionOfAConflict() {
        http.records().fail(new PlatformException(RuntimeError.CONCURRENT_UPDATE, "changed").with("currentVersion", 4));
        Answer answer = http.send("PATCH", ONE, "{}", "If-Match", "\"3\"");
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.json()).containsEntry("currentVersion", 4);
        assertThat(answer.header("ETag")).isNull();
    }

    @Test
    void saysWhenToTryAgain() {
        http.records().fail(new PlatformException(RuntimeError.UNAVAILABLE, "starting"));
        assertThat(http.get(ONE).header("Retry-After")).isEqualTo("5");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/faulty", "/sends-error"})
    void saysNothingOfItsOwnFaults(String path) {
        Answer answer = http.get(path);
        assertThat(answer.status()).isGreaterThanOrEqualTo(500);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.body()).doesNotContain("SELECT", "secret", "java", "objectos.Table", "Secret");
        assertThat(answer.json()).containsKeys("requestId", "code");
    }

    @Test
    void asksToSignIn() {
        Answer answer = http.get("/api/data/contacts", "Authorization", "none");
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer");
        assertThat(answer.json()).containsEntry("code", "UNAUTHENTICATED");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"GET|/api/nothing|404|RESOURCE_NOT_FOUND",
            "GET|/nothing|404|RESOURCE_NOT_FOUND",
            "GET|/error|404|RESOURCE_NOT_FOUND", "GET|/api/data/unknown|404|OBJECT_NOT_FOUND",
            "GET|/api/data/vault|404|OBJECT_NOT_FOUND", "GET|/api/data/contacts/no-id|404|RECORD_NOT_FOUND",
            "GET|/api/data/contacts/%00|400|INVALID_REQUEST", "GET|/api/data/contacts/a%2Fb|400|INVALID_REQUEST",
            "POST|/api/data/contacts/import|404|RESOURCE_NOT_FOUND", "PUT|/api/data/contacts|405|METHOD_NOT_ALLOWED",
            "GET|/api/metadata/unknown|404|OBJECT_NOT_FOUND", "GET|/api/metadata/view/x|404|RESOURCE_NOT_FOUND",
            "PUT|/api/metadata/object/contacts|405|METHOD_NOT_ALLOWED", "POST|/graphql|404|RESOURCE_NOT_FOUND",
            "GET|/api/data/contacts/0199?a=1|404|RECORD_NOT_FOUND", "POST|/api/data/contacts?a=1|400|INVALID_REQUEST",
            "GET|/api/data/contacts?top=5&top=6|400|INVALID_REQUEST",
            "GET|/api/data/contacts?a=%ff|400|INVALID_REQUEST",
            "GET|/api/data/contacts?top=1001|400|INVALID_QUERY", "GET|/api/metadata?x=1|400|INVALID_REQUEST"})
    void refusesCleanly(String method, String path, int status, String code) {
        Answer answer = http.send(method, path, method.equals("GET") ? null : "{}");
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.json()).containsEntry("code", code).containsEntry("status", status);
    }

    @Test
    void namesTheMethodsThatAreAllowed() {
        assertThat(http.send("PUT", ONE, "{}").status()).isEqualTo(405);
        assertThat(http.send("PUT", ONE, "{}").header("Allow")).contains("GET", "PATCH", "DELETE");
        assertThat(http.send("DELETE", "/api/data/contacts", null).header("Allow")).contains("GET", "POST");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"text/plain|415", "application/json; charset=latin1|415", "nonsense|415",
            "application/xml|415", "application/json; charset=UTF-8|201", "application/merge-patch+json|201"})
    void minds(String contentType, int status) {
        assertThat(http.post("/api/data/contacts", "{}", "Content-Type", contentType).status()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"text/html|406", "application/json;q=0|406", "???|406",
            "text/html, */*;q=0.1|200",
            "application/*|200", "application/json|200"})
    void answersOnlyWhatIsAccepted(String accept, int status) {
        assertThat(http.get(ONE, "Accept", accept).status()).isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{\"a\":1,\"a\":2}", "{} {}", "[]", "null", "{\"a\":NaN}", "{\"a\":\"\\ud800\"}",
            "{'a':1}",
            "{\"a\":01}", "{\"a\":1e99999999999}", "{\"a\":1,}"})
    void refusesABodyThatIsNoRecord(String body) {
        Answer answer = http.post("/api/data/contacts", body);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json()).containsEntry("code", "INVALID_REQUEST");
    }

    @Test
    void refusesABodyThatIsTooLargeOrTooDeep() {
        assertThat(http.post("/api/data/contacts", "{\"a\":\"" + "x".repeat(10 * 1024 * 1024) + "\"}").json())
                .containsEntry("code", "PAYLOAD_TOO_LARGE");
        assertThat(http.post("/api/data/contacts", "[".repeat(5000)).status()).isEqualTo(413);
    }

    @Test
    void answersProblemsForWhatTomcatRefuses() throws IOException {
        assertThat(raw("GET /api/data/contacts?a={b|c\u0001} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 400").contains("application/problem+json").contains("INVALID_REQUEST")
                .doesNotContain("tomcat", "Exception");
        assertThat(raw("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nBig: " + "x".repeat(40_000) + "\r\n\r\n"))
                .startsWith("HTTP/1.1 4").contains("application/problem+json");
    }

    @Test
    void answersHeadLikeGetWithoutABody() {
        Answer answer = http.send("HEAD", ONE, null);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.header("ETag")).isEqualTo("\"3\"");
    }

    @Test
    void tellsAnybodyWhatItOffers() {
        for (String path : List.of("/api/v1/discovery", "/.well-known/objectstack")) {
            Answer answer = http.get(path, "Authorization", "none");
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.json()).containsEntry("name", "ObjectOS").containsEntry("environment", "production");
            assertThat(answer.body()).contains("\"data\":\"/api/data\"", "\"metadata\":\"/api/metadata\"",
                    "\"transactionalBatch\":{\"enabled\":true}", "\"files\":{\"enabled\":false}",
                    "\"export\":{\"enabled\":false}");
        }
    }

    @Test
    @SuppressWarnings("unchecked")
    void showsAnObjectInItsCanonicalSpelling() {
        Answer bare = http.get("/api/metadata/contacts");
        Answer wrapped = http.get("/api/metadata/object/contacts");
        assertThat(wrapped.json()).containsEntry("type", "object").containsEntry("name", "contacts").containsEntry(
                "item",
                bare.json());
        var fields = (Map<String, Map<String, Object>>) Objects.requireNonNull(bare.json().get("fields"));
        assertThat(fields).containsKeys("id", "owner", "version", "last_name");
        assertThat(fields.get("account")).containsEntry("type", "lookup").containsEntry("reference_to", "accounts")
                .containsEntry("on_delete", "set_null");
        assertThat(fields.get("full_name")).containsEntry("type", "formula").containsEntry("readonly", true)
                .containsEntry("return_type", "text");
        assertThat(fields.get("salary")).containsEntry("precision", 18).containsEntry("scale", 2);
        assertThat(fields.get("status")).extractingByKey("options").asString().contains("active", "green");
        assertThat(fields.get("owner")).containsEntry("default", "${currentUser.id}");
        assertThat(fields.get("email")).containsEntry("placeholder", "…").containsEntry("external_id", true);
        assertThat(bare.json()).containsEntry("rows", 3).containsKeys("permission_sets", "validations");
        String etag = wrapped.header("ETag");
        assertThat(etag).isNotNull();
        assertThat(http.get("/api/metadata/object/contacts", "If-None-Match", String.valueOf(etag)).status())
                .isEqualTo(304);
    }

    @Test
    void listsMetadata() {
        assertThat(http.get("/api/metadata").json().get("types")).asString().contains("object", "app", "workflow");
        assertThat(http.get("/api/metadata/app").json()).containsEntry("items",
                List.of(Map.of("name", "crm", "label", "CRM")));
        assertThat(http.get("/api/metadata/app?package=other").json()).containsEntry("items", List.of());
        assertThat(http.get("/api/metadata/app/crm").json()).containsEntry("name", "crm");
        assertThat(http.get("/api/metadata/object").json().get("items"))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST).hasSize(5);
        assertThat(http.get("/api/metadata/diagnostics").json().get("entries"))
                .isEqualTo(List.of(Map.of("severity", "warning", "file", "contacts.object.yml", "line", 3, "column", 1,
                        "type", "object", "name", "contacts", "message", "unknown key lable", "suggestion", "label")));
    }

    @Test
    @SuppressWarnings("unchecked")
    void describesItselfInOpenApi() {
        Answer answer = http.get("/api/openapi.json");
        assertThat(answer.json()).containsEntry("openapi", "3.1.0");
        var paths = (Map<String, Object>) answer.json().get("paths");
        assertThat(paths).containsKeys("/api/data/contacts", "/api/data/contacts/{id}", "/api/batch")
                .doesNotContainKey("/api/data/vault");
        var components = (Map<String, Map<String, Object>>) Objects.requireNonNull(answer.json().get("components"));
        Map<String, Object> schemas = Objects.requireNonNull(components.get("schemas"));
        assertThat(answer.body().split("\"#/components/schemas/"))
                .allSatisfy(
                        part -> assertThat(part.startsWith("{") || schemas.containsKey(part.split("\"")[0])).isTrue());
        assertThat(schemas.get("contacts_input")).asString().contains("required=[last_name]")
                .doesNotContain("full_name");
    }

    @Test
    void servesJsonSchemasForEditors() {
        assertThat(http.get("/api/metadata/schema/object.json").json()).containsEntry("$schema",
                "https://json-schema.org/draft/2020-12/schema");
        assertThat(http.get("/api/metadata/schema/nothing.json").json()).containsEntry("code", "RESOURCE_NOT_FOUND");
        assertThat(http.get("/api/metadata/schema/object").json()).containsEntry("code", "RESOURCE_NOT_FOUND");
    }

    @Test
    void showsTheDescriptionFromItsOwnFiles() {
        Answer page = http.get("/docs", "Authorization", "none");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Content-Type")).startsWith("text/html");
        assertThat(page.body()).doesNotContain("http");
        for (String part : page.body().split("\"")) {
            if (part.startsWith("/docs/")) {
                assertThat(http.get(part, "Authorization", "none").status()).as(part).isEqualTo(200);
            }
        }
        assertThat(http.get("/docs/assets/no-such.js").json()).containsEntry("code", "RESOURCE_NOT_FOUND");
        assertThat(http.get("/docs/assets/../../x").status()).isIn(400, 404);
    }

    private static String raw(String request) throws IOException {
        try (var socket = new Socket("127.0.0.1", http.port())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
