package dev.objectos.runtime.event.delivery;

import dev.objectos.runtime.event.ChangeAction;
import dev.objectos.runtime.event.EventFilter;
import dev.objectos.runtime.spi.EventSubscriber;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jooq.impl.DSL;

/** Which subscribers there are on any node, as routing knows them. */
final class KnownSubscribers {

    private final EventDatabase database;

    KnownSubscribers(EventDatabase database) {
        this.database = database;
    }

    /** From now on events are routed to it, also while no node has it; the filter announced last holds. */
    int announce(EventSubscriber subscriber) {
        EventFilter filter = subscriber.filter();
        return Objects.requireNonNull(database.sql().resultQuery("""
                INSERT INTO event_subscriber (name, objects, actions) VALUES ({0}, {1}, {2})
                ON CONFLICT (name) DO UPDATE SET objects = excluded.objects, actions = excluded.actions, seen_at = now()
                RETURNING id""", DSL.val(subscriber.name()),
                DSL.val(filter.objects().stream().sorted().toArray(String[]::new)),
                DSL.val(filter.actions().stream().map(ChangeAction::word).sorted().toArray(String[]::new)))
                .fetchSingle(0, Integer.class));
    }

    void seen(Collection<Integer> subscribers) {
        database.brief(sql -> sql.execute("UPDATE event_subscriber SET seen_at = now() WHERE id = ANY ({0})",
                DSL.val(subscribers.toArray(Integer[]::new))));
    }

    /** Forgets those whom no node has had for so long; what waits for them becomes dead letters. */
    List<String> forget(Duration unseen) {
        return database.sql().transactionResult(configuration -> {
            var sql = configuration.dsl();
            var gone = sql.resultQuery(
                    "SELECT id, name FROM event_subscriber WHERE seen_at < now() - {0} * interval '1 millisecond'",
                    DSL.val(unseen.toMillis())).fetch();
            if (gone.isEmpty()) {
                return List.of();
            }
            Routing.hold(sql);
            List<String> names = sql.resultQuery("""
                    DELETE FROM event_subscriber
                    WHERE id = ANY ({0}) AND seen_at < now() - {1} * interval '1 millisecond' RETURNING name""",
                    DSL.val(gone.getValues(0, Integer.class).toArray(Integer[]::new)), DSL.val(unseen.toMillis()))
                    .fetch(0, String.class);
            sql.execute("""
                    WITH gone AS (
                        SELECT * FROM unnest({0}, {1}) AS s (id, name) WHERE s.name = ANY ({2})),
                    lane AS (DELETE FROM event_lane l USING gone s WHERE l.subscriber = s.id RETURNING l.*, s.name),
                    waiting AS (DELETE FROM event_delivery d USING lane l WHERE d.lane = l.id
                        RETURNING l.name, d.event, l.tenant_id, l.object, l.record_id, d.action, d.payload, d.version,
                                  d.actor, d.origin, d.occurred_at)
                    INSERT INTO dead_letter (subscriber, event, tenant_id, object, record_id, action, payload, version,
                                             actor, origin, occurred_at, attempts, cause)
                    SELECT w.*, 0, 'No server has had this subscriber for a long time.' FROM waiting w""",
                    DSL.val(gone.getValues(0, Integer.class).toArray(Integer[]::new)),
                    DSL.val(gone.getValues(1, String.class).toArray(String[]::new)),
                    DSL.val(names.toArray(String[]::new)));
            return names;
        });
    }
}
