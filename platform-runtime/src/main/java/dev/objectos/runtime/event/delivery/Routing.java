package dev.objectos.runtime.event.delivery;

import dev.objectos.runtime.event.ChangeAction;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jooq.Record;

/**
 * Moves committed events from the outbox to those who want them.
 *
 * <p>
 * Order: a transaction takes the id of a record's event while it holds the lock of that record's row, and keeps the lock
 * until it has ended. So the events of one record become visible in the order of their ids, and whoever sees one sees all
 * before it: no horizon of running transactions is needed, as it would be for an order among records. What remains is that
 * two nodes must not route at the same time, for the later batch might be through first; the advisory lock sees to that.
 *
 * <p>
 * The same lock makes the ids of the change log an order: they are given while it is held, and it is held until they are
 * visible. So whoever has read up to one of them has missed nothing before it.
 */
final class Routing {

    /** Of the cluster: one node routes at a time, the others find nothing to do. */
    private static final long LOCK = 0x6f626a4576656e74L;

    private static final String ROUTE = """
            WITH lead AS MATERIALIZED (SELECT pg_try_advisory_xact_lock({0}) AS mine),
            taken AS (
                DELETE FROM outbox
                WHERE (SELECT mine FROM lead) AND id = ANY (ARRAY(SELECT id FROM outbox ORDER BY id LIMIT {1}))
                RETURNING *),
            wanted AS (
                SELECT s.id AS subscriber, t.* FROM taken t JOIN event_subscriber s
                ON (s.objects = '{}' OR t.object = ANY (s.objects)) AND (s.actions = '{}' OR t.action = ANY (s.actions))
                WHERE t.action <> {3}),
            lane AS (
                INSERT INTO event_lane (subscriber, tenant_id, object, record_id)
                SELECT DISTINCT subscriber, tenant_id, object, record_id FROM wanted ORDER BY 1, 2, 3, 4
                -- Changes nothing, but locks the lane, so that nobody takes it for empty before this is committed.
                ON CONFLICT (subscriber, tenant_id, object, record_id) DO UPDATE SET due_at = event_lane.due_at
                RETURNING id, subscriber, tenant_id, object, record_id),
            delivery AS (
                INSERT INTO event_delivery (lane, event, action, payload, version, actor, origin, occurred_at)
                SELECT l.id, w.id, w.action, w.payload, w.version, w.actor, w.origin, w.occurred_at
                FROM wanted w JOIN lane l USING (subscriber, tenant_id, object, record_id)),
            kept AS (
                INSERT INTO change_log (tenant_id, object, record_id, action, changes, version, occurred_at)
                SELECT tenant_id, object, record_id, CASE action WHEN {3} THEN 'update' ELSE action END, payload, version,
                    occurred_at FROM taken
                WHERE EXISTS (SELECT FROM change_follower WHERE seen_at > now() - {2} * interval '1 millisecond')
                ORDER BY id RETURNING id)
            -- Who has been told a position must find the same there after a crash: with those, it waits for the disk.
            SELECT (SELECT count(*) FROM taken)::int, ARRAY(SELECT DISTINCT subscriber FROM wanted),
                (SELECT count(set_config('synchronous_commit', 'on', true)) FROM (SELECT FROM kept LIMIT 1) k)::int""";

    private final EventDatabase database;
    private final Duration keep;

    /** @param keep how long after a follower was seen changes are still kept for it */
    Routing(EventDatabase database, Duration keep) {
        this.database = database;
        this.keep = keep;
    }

    /**
     * What one call has moved.
     *
     * @param taken events, wanted or not
     * @param subscribers ids of those for whom there was something
     * @param kept whether they are in the change log too
     */
    record Routed(int taken, Set<Integer> subscribers, boolean kept) {}

    /** Routes the oldest events, at most so many; none where another node is at it. */
    Routed route(int most) {
        return database.brief(sql -> route(sql, most));
    }

    /** The same in a transaction under way. */
    Routed route(DSLContext sql, int most) {
        Record row = sql.resultQuery(ROUTE, LOCK, most, keep.toMillis(), ChangeAction.SUMMARY).fetchSingle();
        return new Routed(row.get(0, Integer.class),
                Stream.of(row.get(1, Integer[].class)).collect(Collectors.toUnmodifiableSet()),
                row.get(2, Integer.class) > 0);
    }

    /** Waits until nobody routes, and keeps everybody from it for the rest of the transaction. */
    static void hold(DSLContext sql) {
        sql.execute("SELECT pg_advisory_xact_lock({0})", org.jooq.impl.DSL.val(LOCK));
    }
}
