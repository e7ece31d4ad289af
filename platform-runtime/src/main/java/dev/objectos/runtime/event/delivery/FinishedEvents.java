package dev.objectos.runtime.event.delivery;

import java.time.Duration;
import org.jooq.impl.DSL;

/** Delivered events that are kept for a while. */
final class FinishedEvents {

    private static final int BATCH = 1_000;

    private final EventDatabase database;

    FinishedEvents(EventDatabase database) {
        this.database = database;
    }

    /** Deletes what was delivered longer ago, in batches; several nodes do it side by side. */
    int purge(Duration keep) {
        int all = 0;
        while (true) {
            int some = database.brief(sql -> sql.execute("""
                    DELETE FROM event_finished WHERE id = ANY (ARRAY(
                        SELECT id FROM event_finished WHERE finished_at <= now() - {0} * interval '1 millisecond'
                        ORDER BY finished_at LIMIT {1} FOR UPDATE SKIP LOCKED))""",
                    DSL.val(keep.toMillis()), DSL.val(BATCH)));
            all += some;
            if (some < BATCH) {
                return all;
            }
        }
    }
}
