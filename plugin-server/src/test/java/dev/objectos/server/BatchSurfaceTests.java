package dev.objectos.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.runtime.query.Batch;
import dev.objectos.runtime.query.Mutation;
import dev.objectos.server.TestingHttp.Answer;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Several changes at once over the wire. */
final class BatchSurfaceTests extends SurfaceServer {

    @Test
    void createsManyOrNone() {
        Answer made = http.post("/api/data/contacts/createMany", "[{\"last_name\":\"A\"},{\"last_name\":\"B\"}]");
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.json().get("records")).asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
                .hasSize(2);
        assertThat(made.json()).containsEntry("count", 2);
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
}
