package dev.objectos.server.realtime;

import dev.objectos.runtime.event.CommittedChange;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Changes of records of one topic, those of each record together. */
final class ChangedRecords {

    private final Map<UUID, ChangedRecord> records = new LinkedHashMap<>();

    static ChangedRecords of(List<CommittedChange> changes) {
        var changed = new ChangedRecords();
        changes.forEach(change -> changed.records.computeIfAbsent(change.record(), _ -> new ChangedRecord())
                .add(change));
        return changed;
    }

    static ChangedRecords of(Map<UUID, ChangedRecord> records) {
        var changed = new ChangedRecords();
        changed.records.putAll(records);
        return changed;
    }

    Collection<ChangedRecord> all() {
        return records.values();
    }

    @Nullable
    ChangedRecord of(UUID record) {
        return records.get(record);
    }

    /** Of earlier changes those of records that have changed here again; takes them away from there. */
    ChangedRecords preceding(Map<UUID, ChangedRecord> earlier) {
        var preceding = new ChangedRecords();
        records.keySet().forEach(record -> {
            ChangedRecord known = earlier.remove(record);
            if (known != null) {
                preceding.records.put(record, known);
            }
        });
        return preceding;
    }
}
