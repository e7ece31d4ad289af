package dev.objectos.server.record;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.query.BatchResult;
import dev.objectos.runtime.query.BatchResult.Outcome;
import dev.objectos.runtime.query.JsonDocument;
import dev.objectos.runtime.query.RecordDocument;
import dev.objectos.server.json.JsonAnswer;
import dev.objectos.server.problem.Problem;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The shapes in which records and the outcomes of changes are answered. */
final class RecordAnswers {

    private RecordAnswers() {}

    /** {@code {"object","id","record"}}. */
    static JsonAnswer record(RecordDocument record) {
        return new JsonAnswer(record.json().utf8().length + 160).beginObject().text("object", record.object())
                .text("id", record.id().toString()).name("record").document(record.json()).endObject();
    }

    /** {@code {"object","id","record","permissions"}}. */
    static JsonAnswer record(RecordDocument record, Map<String, Object> permissions) {
        return new JsonAnswer(record.json().utf8().length + 1024).beginObject().text("object", record.object())
                .text("id", record.id().toString()).name("record").document(record.json())
                .treeIfAny("permissions", permissions).endObject();
    }

    /** {@code {"object","id","sourceId","record"}}. */
    static JsonAnswer copy(RecordDocument record, UUID source) {
        return new JsonAnswer(record.json().utf8().length + 220).beginObject().text("object", record.object())
                .text("id", record.id().toString()).text("sourceId", source.toString()).name("record")
                .document(record.json()).endObject();
    }

    /** {@code {"object","id","success":true}}. */
    static JsonAnswer deleted(String object, UUID id) {
        return new JsonAnswer().beginObject().text("object", object).text("id", id.toString()).name("success")
                .bool(true).endObject();
    }

    /** {@code {"object","records":[…],"count"}}. */
    static JsonAnswer created(String object, List<JsonDocument> records) {
        JsonAnswer answer = new JsonAnswer(1024).beginObject().text("object", object).name("records").beginArray();
        records.forEach(answer::document);
        return answer.endArray().name("count").number(records.size()).endObject();
    }

    /** {@code {"results":[…]}} of a transaction; a record where there is one, else what was deleted. */
    static JsonAnswer transaction(List<Outcome.Done> results) {
        JsonAnswer answer = new JsonAnswer(1024).beginObject().name("results").beginArray();
        for (Outcome.Done done : results) {
            JsonDocument record = done.record();
            if (record != null) {
                answer.document(record);
            } else {
                answer.beginObject().text("id", done.id().toString()).name("success").bool(true).endObject();
            }
        }
        return answer.endArray().endObject();
    }

    /**
     * What became of each of many changes.
     *
     * @param ids how the caller named the records; null: not at all
     */
    static JsonAnswer many(String operation, List<@Nullable String> ids, BatchResult result) {
        List<Outcome> outcomes = result.outcomes();
        long succeeded = result.succeeded();
        JsonAnswer answer = new JsonAnswer(256 + 96 * outcomes.size()).beginObject().name("success")
                .bool(succeeded == outcomes.size()).text("operation", operation).name("total").number(outcomes.size())
                .name("succeeded").number(succeeded).name("failed").number(outcomes.size() - succeeded).name("results")
                .beginArray();
        for (int i = 0; i < outcomes.size(); i++) {
            answer.beginObject().name("index").number(i);
            outcome(answer, ids.get(i), outcomes.get(i));
            answer.endObject();
        }
        return answer.endArray().endObject();
    }

    private static void outcome(JsonAnswer answer, @Nullable String id, Outcome outcome) {
        switch (outcome) {
            case Outcome.Done done -> {
                answer.text("id", done.id().toString()).name("success").bool(true);
                JsonDocument record = done.record();
                if (record != null) {
                    answer.name("data").document(record);
                }
            }
            case Outcome.Refused refused -> {
                begin(answer, id);
                PlatformException reason = refused.reason();
                error(answer, reason.code().name(), reason.message(), reason);
            }
            case Outcome.RolledBack _ -> {
                begin(answer, id);
                error(answer, "ROLLED_BACK", "Undone because another change of the batch was refused", null);
            }
            case Outcome.Skipped _ -> {
                begin(answer, id);
                error(answer, "NOT_ATTEMPTED", "Not tried because a change before it was refused", null);
            }
        }
    }

    private static void begin(JsonAnswer answer, @Nullable String id) {
        if (id != null) {
            answer.text("id", id);
        }
        answer.name("success").bool(false);
    }

    private static void error(JsonAnswer answer, String code, String message, @Nullable PlatformException reason) {
        answer.name("errors").beginArray().beginObject().text("code", code).text("message", message);
        if (reason != null) {
            if (!reason.fields().isEmpty()) {
                answer.name("fields");
                Problem.fields(answer, reason.fields());
            }
            reason.members().forEach((name, value) -> answer.treeIfAny(name, value));
        }
        answer.endObject().endArray();
    }
}
