package dev.objectos.server.realtime;

import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.WatchedRecords;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Which of some changed records have changed again since: what is stored of them is later than what is known of their changes, so
 * that how they were before cannot be told until the next change is known too.
 */
final class Unsettled {

    private final WatchedRecords watched;
    private final ChangedRecords changed;
    private final ChangedRecords earlier;
    private final String object;
    private final Session session;
    private final Map<UUID, ChangedRecord> again = new HashMap<>();

    /**
     * @param earlier changes of the same records that had not been settled
     * @param session one of the tenant
     */
    Unsettled(WatchedRecords watched, ChangedRecords changed, ChangedRecords earlier, String object,
            Session session) {
        this.watched = watched;
        this.changed = changed;
        this.earlier = earlier;
        this.object = object;
        this.session = session;
    }

    /** Of records that are not known to have been removed those that have by now changed again, or gone. */
    Set<UUID> again(List<ChangedRecord> records) {
        Map<UUID, Long> versions = watched.versions(object, records.stream().map(ChangedRecord::id).toList(), session);
        var later = new HashSet<UUID>();
        for (ChangedRecord record : records) {
            Long version = versions.get(record.id());
            if (version == null || version > record.last().version()) {
                later.add(record.id());
            }
        }
        note(later);
        return later;
    }

    private synchronized void note(Set<UUID> later) {
        for (UUID id : later) {
            ChangedRecord record = changed.of(id);
            ChangedRecord before = earlier.of(id);
            if (record != null) {
                again.put(id, before == null ? record : record.behind(before));
            }
        }
    }

    /** Those that were found to have changed again, with what is known of their changes so far. */
    synchronized Map<UUID, ChangedRecord> records() {
        return Map.copyOf(again);
    }
}
