package dev.objectos.server.action;

import dev.objectos.runtime.query.JsonDocument;
import dev.objectos.runtime.query.RecordDocument;
import dev.objectos.server.json.JsonAnswer;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a caller is told of an action that has run. */
public final class ActionAnswer {

    private ActionAnswer() {}

    /** {@code {"success":true,"object","action","id"?,"data"}}; a record that was changed is in {@code data.record}. */
    public static JsonAnswer of(String object, String action, @Nullable UUID record, @Nullable Object result) {
        JsonAnswer answer = new JsonAnswer(512).beginObject().name("success").bool(true).text("object", object)
                .text("action", action);
        if (record != null) {
            answer.text("id", record.toString());
        }
        answer.name("data");
        switch (result) {
            case null -> answer.nothing();
            case RecordDocument changed -> answer.beginObject().text("object", changed.object())
                    .text("id", changed.id().toString()).name("record").document(changed.json()).endObject();
            case JsonDocument document -> answer.document(document);
            default -> answer.embedded(JsonAnswer.tree(result));
        }
        return answer.endObject();
    }
}
