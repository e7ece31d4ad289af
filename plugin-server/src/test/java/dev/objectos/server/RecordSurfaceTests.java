package dev.objectos.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.runtime.metadata.FieldPath;
import dev.objectos.runtime.query.Expected;
import dev.objectos.runtime.query.Mutation;
import dev.objectos.runtime.query.Query;
import dev.objectos.runtime.query.RecordQuery;
import dev.objectos.server.TestingHttp.Answer;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Single records and lists over the wire: shapes, statuses, headers. */
final class RecordSurfaceTests extends SurfaceServer {

    private static final String ONE = "/api/data/contacts/" + RecordingRecords.ID;
    private static final String ENVELOPE = "{\"object\":\"contacts\",\"id\":\"" + RecordingRecords.ID + "\",\"record\":"
            + RecordingRecords.RECORD + "}";

    @Test
    void answersARecordWithTheBytesOfTheDatabase() {
        Answer answer = http.get(ONE);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(ENVELOPE);
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(answer.header("ETag")).isEqualTo("\"3\"");
        assertThat(answer.header("X-Request-Id")).matches("[0-9a-f]{32}");
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
        assertThat(http.get(ONE + "?select=next_birthday", "If-None-Match", "\"3\"").status()).isEqualTo(200);
        assertThat(http.get(ONE + "?select=full_name", "If-None-Match", "\"3\"").status()).isEqualTo(304);
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
        http.send("PATCH", ONE, "{}", "If-Match", "\"4-0a1b2c3d\"");
        assertThat(http.records().asked(Mutation.Update.class).expected()).isEqualTo(new Expected.Version(4));
        http.send("PATCH", ONE, "{}", "If-Match", "2026-01-31T14:30:00.123456+01:00");
        assertThat(http.records().asked(Mutation.Update.class).expected())
                .isEqualTo(new Expected.UpdatedAt(Instant.parse("2026-01-31T13:30:00.123456Z")));
        http.send("PATCH", ONE, "{}", "If-Match", "*");
        assertThat(http.records().asked(Mutation.Update.class).expected()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"yesterday", "\"3", "\"1\",\"2\"", "\"\"", "-1", "\"3-\"", "\"3-xyz\"",
            "\"99999999999999999999999\""})
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
    void answersHeadLikeGetWithoutABody() {
        Answer answer = http.send("HEAD", ONE, null);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.header("ETag")).isEqualTo("\"3\"");
    }
}
