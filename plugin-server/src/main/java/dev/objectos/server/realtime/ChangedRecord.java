package dev.objectos.server.realtime;

import dev.objectos.runtime.event.ChangeAction;
import dev.objectos.runtime.event.CommittedChange;
import dev.objectos.runtime.spi.WatchedRecords.Earlier;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Changes of one record that are told as one: what it was before the first of them, and that it is as after the last. */
final class ChangedRecord {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

    private final Map<String, JsonNode> before = new HashMap<>();
    private boolean created;
    private @Nullable CommittedChange last;

    void add(CommittedChange change) {
        created |= change.action() == ChangeAction.CREATE || change.action() == ChangeAction.RESTORE;
        JSON.readTree(change.changes().utf8()).forEachEntry((field, values) -> {
            JsonNode from = values.get("from");
            if (from != null) {
                before.putIfAbsent(field, from);
            }
        });
        last = change;
    }

    /** These changes behind earlier ones. */
    ChangedRecord behind(ChangedRecord earlier) {
        var joined = new ChangedRecord();
        joined.before.putAll(before);
        joined.before.putAll(earlier.before);
        joined.created = created || earlier.created;
        joined.last = last;
        return joined;
    }

    CommittedChange last() {
        if (last == null) {
            throw new IllegalStateException("nothing has changed yet");
        }
        return last;
    }

    UUID id() {
        return last().record();
    }

    /** Whether it is there only since the first of the changes. */
    boolean created() {
        return created;
    }

    boolean removed() {
        return last().action() == ChangeAction.DELETE;
    }

    Earlier earlier() {
        return new Earlier(id(), before, removed());
    }
}
