package dev.objectos.runtime.event.delivery;

import dev.objectos.runtime.event.ChangeAction;
import dev.objectos.runtime.event.RecordChange;
import dev.objectos.runtime.event.RecordEvent;
import dev.objectos.runtime.query.JsonDocument;
import dev.objectos.runtime.session.Origin;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.impl.DSL;

/** Claims lanes with what waits in them. */
final class Lanes {

    /** Events of one lane that are claimed together; one alone once something went wrong with the first. */
    private static final int EVENTS = 16;

    private static final String CLAIM = """
            UPDATE event_lane SET claim = {0}, due_at = now() + {1} * interval '1 millisecond', attempts = attempts + 1
            WHERE id = ANY (ARRAY(
                SELECT id FROM event_lane WHERE subscriber = {2} AND due_at <= now()
                ORDER BY due_at LIMIT {3} FOR UPDATE SKIP LOCKED))
            RETURNING id, tenant_id, object, record_id, attempts, head""";

    // A statement of its own, for it must see what was committed before the lanes were locked.
    private static final String EVENTS_OF_LANES = """
            SELECT d.lane, d.event, d.action, d.payload::text, d.version, d.actor, d.origin, d.occurred_at
            FROM unnest({0}, {1}) AS c (lane, most) CROSS JOIN LATERAL (
                SELECT * FROM event_delivery d WHERE d.lane = c.lane ORDER BY d.event LIMIT c.most) d
            ORDER BY d.lane, d.event""";

    private static final String DUE = """
            SELECT s.id, (SELECT ceil(extract(epoch FROM min(l.due_at) - now()) * 1000)::bigint
                          FROM event_lane l WHERE l.subscriber = s.id)
            FROM unnest({0}) AS s (id)""";

    private final EventDatabase database;

    Lanes(EventDatabase database) {
        this.database = database;
    }

    /** Milliseconds until something is due, by subscriber; zero or less: it is overdue for so long. */
    Map<Integer, Long> due(Collection<Integer> subscribers) {
        var due = new HashMap<Integer, Long>();
        database.sql().resultQuery(DUE, DSL.val(subscribers.toArray(Integer[]::new))).fetch().forEach(row -> {
            if (row.get(1) != null) {
                due.put(row.get(0, Integer.class), row.get(1, Long.class));
            }
        });
        return due;
    }

    /** Claims what is due longest; no other node sees it as due before the lease has ended. */
    List<ClaimedLane> claim(int subscriber, int most, Duration lease) {
        UUID claim = UUID.randomUUID();
        long end = System.nanoTime() + lease.toNanos();
        return database.brief(sql -> {
            var lanes = sql.resultQuery(CLAIM, DSL.val(claim), DSL.val(lease.toMillis()), DSL.val(subscriber),
                    DSL.val(most)).fetch();
            if (lanes.isEmpty()) {
                return List.of();
            }
            Map<Long, List<Record>> events = waiting(sql, lanes);
            return lanes.stream().map(lane -> {
                long id = lane.get("id", Long.class);
                return new ClaimedLane(id, claim, events(lane, events.getOrDefault(id, List.of())), end);
            }).toList();
        });
    }

    private static Map<Long, List<Record>> waiting(DSLContext sql, List<Record> lanes) {
        var events = new HashMap<Long, List<Record>>();
        sql.resultQuery(EVENTS_OF_LANES,
                DSL.val(lanes.stream().map(lane -> lane.get("id", Long.class)).toArray(Long[]::new)),
                DSL.val(lanes.stream().map(lane -> lane.get("attempts", Integer.class) > 1 ? 1 : EVENTS)
                        .toArray(Integer[]::new)))
                .forEach(row -> events.computeIfAbsent(row.get(0, Long.class), _ -> new ArrayList<>()).add(row));
        return events;
    }

    private static List<RecordEvent> events(Record lane, List<Record> rows) {
        var events = new ArrayList<RecordEvent>(rows.size());
        for (Record row : rows) {
            long id = row.get("event", Long.class);
            Long head = lane.get("head", Long.class);
            boolean counted = events.isEmpty() && (head == null || head == id);
            events.add(event(lane, row, id, counted ? lane.get("attempts", Integer.class) : 1));
        }
        return events;
    }

    /** From columns named as in the tables of events. */
    static RecordEvent event(Record lane, Record row, long id, int attempt) {
        var change = new RecordChange(lane.get("tenant_id", UUID.class), lane.get("object", String.class),
                lane.get("record_id", UUID.class),
                ChangeAction.valueOf(row.get("action", String.class).toUpperCase(Locale.ROOT)),
                JsonDocument.of(row.get("payload", String.class)), row.get("version", Long.class),
                row.get("actor", UUID.class), Origin.valueOf(row.get("origin", String.class).toUpperCase(Locale.ROOT)),
                row.get("occurred_at", OffsetDateTime.class).toInstant());
        return new RecordEvent(id, change, attempt);
    }
}
