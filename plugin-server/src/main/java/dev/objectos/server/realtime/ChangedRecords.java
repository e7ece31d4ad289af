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

    Collection<ChangedRecord> all() {
        return records.values();
    }

    @Nullable
    ChangedRecord of(UUID record) {
        return records.get(record);
    }

    /** Puts earlier changes of a record before those that are here. @return whether there are any */
    boolean precede(UUID record, ChangedRecord earlier) {
        return records.computeIfPresent(record, (_, known) -> known.behind(earlier)) != null;
    }
}
