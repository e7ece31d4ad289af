package dev.objectos.runtime.event.delivery;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Writes down what has become of claimed lanes, many in one transaction. */
final class Settlement {

    // In the order in which routing locks them, or the two could wait for each other.
    private static final String HOLD = """
            SELECT l.id FROM event_lane l JOIN unnest({0}, {1}) AS c (id, claim) ON l.id = c.id AND l.claim = c.claim
            ORDER BY l.subscriber, l.tenant_id, l.object, l.record_id FOR UPDATE OF l""";

    private static final String DELIVERED = """
            DELETE FROM event_delivery d USING unnest({0}, {1}) AS x (lane, event)
            WHERE d.lane = x.lane AND d.event = x.event""";

    private static final String KEPT = """
            WITH done AS (DELETE FROM event_delivery d USING unnest({0}, {1}) AS x (lane, event)
                WHERE d.lane = x.lane AND d.event = x.event RETURNING d.lane, d.event, d.action, d.occurred_at)
            INSERT INTO event_finished (subscriber, event, tenant_id, object, record_id, action, occurred_at)
            SELECT s.name, d.event, l.tenant_id, l.object, l.record_id, d.action, d.occurred_at
            FROM done d JOIN event_lane l ON l.id = d.lane JOIN event_subscriber s ON s.id = l.subscriber""";

    private static final String DEAD = """
            WITH dead AS (DELETE FROM event_delivery d USING unnest({0}, {1}, {2}, {3}) AS x (lane, event, attempts, cause)
                WHERE d.lane = x.lane AND d.event = x.event RETURNING d.*, x.attempts, x.cause)
            INSERT INTO dead_letter (subscriber, event, tenant_id, object, record_id, action, payload, version, actor,
                                     origin, occurred_at, attempts, cause)
            SELECT s.name, d.event, l.tenant_id, l.object, l.record_id, d.action, d.payload, d.version, d.actor, d.origin,
                   d.occurred_at, d.attempts, d.cause
            FROM dead d JOIN event_lane l ON l.id = d.lane JOIN event_subscriber s ON s.id = l.subscriber""";

    private static final String EMPTY = """
            DELETE FROM event_lane l WHERE l.id = ANY ({0})
            AND NOT EXISTS (SELECT FROM event_delivery d WHERE d.lane = l.id) RETURNING l.id""";

    private static final String FREE = """
            UPDATE event_lane l SET claim = NULL, due_at = now() + x.delay * interval '1 millisecond',
                                    attempts = x.attempts, head = x.head
            FROM unnest({0}, {1}, {2}, {3}) AS x (id, delay, attempts, head) WHERE l.id = x.id""";

    private final EventDatabase database;
    private final boolean keep;

    /** @param keep whether delivered events stay to be looked at */
    Settlement(EventDatabase database, boolean keep) {
        this.database = database;
        this.keep = keep;
    }

    /**
     * Removes what is delivered, moves what is dead, and lets go of the lanes. Whose claim has ended meanwhile is left to
     * whoever has it now.
     *
     * @return whether something waits still in these lanes
     */
    boolean settle(List<Outcome> outcomes) {
        return database.brief(sql -> {
            Set<Long> held = new HashSet<>(sql.resultQuery(HOLD, ids(outcomes),
                    DSL.val(outcomes.stream().map(outcome -> outcome.lane().claim()).toArray(UUID[]::new)))
                    .fetch(0, Long.class));
            List<Outcome> mine = outcomes.stream().filter(outcome -> held.contains(outcome.lane().id())).toList();
            if (mine.isEmpty()) {
                return false;
            }
            delivered(sql, mine);
            dead(sql, mine);
            Set<Long> empty = new HashSet<>(sql.resultQuery(EMPTY, ids(mine)).fetch(0, Long.class));
            List<Outcome> waiting = mine.stream().filter(outcome -> !empty.contains(outcome.lane().id())).toList();
            if (!waiting.isEmpty()) {
                free(sql, waiting);
            }
            return !waiting.isEmpty();
        });
    }

    private void delivered(DSLContext sql, List<Outcome> outcomes) {
        var lanes = new ArrayList<Long>();
        var events = new ArrayList<Long>();
        for (Outcome outcome : outcomes) {
            for (Long event : outcome.delivered()) {
                lanes.add(outcome.lane().id());
                events.add(event);
            }
        }
        if (!events.isEmpty()) {
            sql.execute(keep ? KEPT : DELIVERED, DSL.val(lanes.toArray(Long[]::new)),
                    DSL.val(events.toArray(Long[]::new)));
        }
    }

    private static void dead(DSLContext sql, List<Outcome> outcomes) {
        var lanes = new ArrayList<Long>();
        var dead = new ArrayList<Outcome.Dead>();
        for (Outcome outcome : outcomes) {
            if (outcome.end() instanceof Outcome.Dead end) {
                lanes.add(outcome.lane().id());
                dead.add(end);
            }
        }
        if (!dead.isEmpty()) {
            sql.execute(DEAD, DSL.val(lanes.toArray(Long[]::new)),
                    DSL.val(dead.stream().map(Outcome.Dead::event).toArray(Long[]::new)),
                    DSL.val(dead.stream().map(Outcome.Dead::tries).toArray(Integer[]::new)),
                    DSL.val(dead.stream().map(Outcome.Dead::cause).toArray(String[]::new)));
        }
    }

    private static void free(DSLContext sql, List<Outcome> outcomes) {
        var states = outcomes.stream().map(outcome -> switch (outcome.end()) {
            case Outcome.Through _,Outcome.Dead _ -> new Freed(0, 0, null);
            case Outcome.Untried untried -> new Freed(0, untried.failures(), untried.event());
            case Outcome.Retry retry -> new Freed(retry.delay().toMillis(), retry.tries(), retry.event());
        }).toList();
        sql.execute(FREE, ids(outcomes), DSL.val(states.stream().map(Freed::delay).toArray(Long[]::new)),
                DSL.val(states.stream().map(Freed::attempts).toArray(Integer[]::new)),
                DSL.val(states.stream().map(Freed::head).toArray(Long[]::new)));
    }

    /** How a lane waits for its next claim. */
    private record Freed(long delay, int attempts, @Nullable Long head) {}

    private static org.jooq.Param<Long[]> ids(List<Outcome> outcomes) {
        return DSL.val(outcomes.stream().map(outcome -> outcome.lane().id()).toArray(Long[]::new));
    }
}
