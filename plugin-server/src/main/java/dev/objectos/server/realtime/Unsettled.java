package dev.objectos.server.realtime;

import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.WatchedRecords;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Which of some changed records have changed again since: what is stored of them is later than what is known of their changes, so
 * that how they were before cannot be told until the next change is known too.
 */
final class Unsettled {

    private final WatchedRecords watched;
    private final ChangedRecords changed;
    private final String object;
    private final Session session;
    private final Map<UUID, ChangedRecord> again = new HashMap<>();
    private Map<UUID, Long> versions = Map.of();
    private boolean asked;

    /** @param session one of the tenant */
    Unsettled(WatchedRecords watched, ChangedRecords changed, String object, Session session) {
        this.watched = watched;
        this.changed = changed;
        this.object = object;
        this.session = session;
    }

    /** Whether a record that is not known to have been removed has changed again, or gone. */
    synchronized boolean again(ChangedRecord record) {
        if (!asked) {
            asked = true;
            versions = watched.versions(object, changed.all().stream().map(ChangedRecord::id).toList(), session);
        }
        Long version = versions.get(record.id());
        boolean later = version == null || version > record.last().version();
        if (later) {
            again.put(record.id(), record);
        }
        return later;
    }

    /** Those that were found to have changed again, with what is known of their changes so far. */
    synchronized Map<UUID, ChangedRecord> records() {
        return Map.copyOf(again);
    }
}
