package dev.objectos.runtime.event.delivery;

import dev.objectos.runtime.event.ChangeAction;
import dev.objectos.runtime.event.CommittedChange;
import dev.objectos.runtime.query.JsonDocument;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Statements over the change log. Its ids are positions: {@link Routing} says why they are an order. */
final class ChangeLog {

    private static final int BATCH = 1_000;

    /** Where more than that waits to be routed, now is a moment ago. */
    private static final int MOST_BATCHES = 20;

    private static final String COLUMNS = "SELECT id, tenant_id, object, record_id, action, changes::text, version, "
            + "occurred_at FROM change_log ";

    private final EventDatabase database;
    private final Duration keep;

    ChangeLog(EventDatabase database, Duration keep) {
        this.database = database;
        this.keep = keep;
    }

    /** From now on, and for as long as this is said again, changes are kept for the node. @return the position of now */
    long follow(UUID node) {
        return database.sql().transactionResult(configuration -> {
            DSLContext sql = configuration.dsl();
            // Whoever routes meanwhile knows of this node, or has committed what it routed without.
            Routing.hold(sql);
            boolean kept = Boolean.TRUE
                    .equals(sql.resultQuery("SELECT EXISTS (SELECT FROM change_follower WHERE seen_at > now() - {0} * "
                            + "interval '1 millisecond')", DSL.val(keep.toMillis())).fetchSingle(0, Boolean.class));
            sql.execute(
                    "INSERT INTO change_follower (node) VALUES ({0}) ON CONFLICT (node) DO UPDATE SET seen_at = now()",
                    DSL.val(node));
            if (!kept) {
                sql.execute("UPDATE change_log_start SET position = "
                        + "nextval(pg_get_serial_sequence('change_log', 'id'))");
            }
            return end(sql);
        });
    }

    /** Says that the node still follows. @return the position from which on nothing is missing */
    long stillFollowing(UUID node) {
        // A node that was away for too long is none that follows: while it was, nothing was kept for it.
        int known = database.sql().execute("UPDATE change_follower SET seen_at = now() WHERE node = {0} AND seen_at > "
                + "now() - {1} * interval '1 millisecond'", DSL.val(node), DSL.val(keep.toMillis()));
        return known == 1 ? start() : follow(node);
    }

    void unfollow(UUID node) {
        // Its changes are kept a while longer, for clients that come back: to this node or to another.
        database.sql().execute("UPDATE change_follower SET seen_at = now() WHERE node = {0}", DSL.val(node));
    }

    /** Routes what is committed by now. @return the position behind all of it */
    long now(Routing routing) {
        return database.brief(sql -> {
            Routing.hold(sql);
            for (int batch = 0; batch < MOST_BATCHES && routing.route(sql, BATCH).taken() == BATCH; batch++) {
                // The next ones.
            }
            return end(sql);
        });
    }

    private static long end(DSLContext sql) {
        return Objects.requireNonNull(sql.resultQuery("SELECT greatest((SELECT position FROM change_log_start), "
                + "(SELECT max(id) FROM change_log))").fetchSingle(0, Long.class));
    }

    /** The position from which on nothing is missing. */
    long start() {
        return Objects.requireNonNull(
                database.sql().resultQuery("SELECT position FROM change_log_start").fetchSingle(0, Long.class));
    }

    /** The next changes in their order. */
    List<CommittedChange> after(long position, int most) {
        return database.sql().resultQuery(COLUMNS + "WHERE id > {0} ORDER BY id LIMIT {1}", DSL.val(position),
                DSL.val(most)).fetch(ChangeLog::change);
    }

    /** The changes of one object's records between two positions; empty where there are more, or some are gone. */
    Optional<List<CommittedChange>> between(long after, long upTo, @Nullable UUID tenant, String object, int most) {
        List<CommittedChange> changes = database.sql().resultQuery(
                COLUMNS + "WHERE id > {0} AND id <= {1} AND ({2} IS NULL OR tenant_id = {2}) AND object = {3} ORDER BY id LIMIT {4}",
                DSL.val(after), DSL.val(upTo), DSL.val(tenant, UUID.class), DSL.val(object), DSL.val(most + 1))
                .fetch(ChangeLog::change);
        // Asked afterwards, for what is missing may have been removed while it was read.
        return changes.size() > most || start() > after ? Optional.empty() : Optional.of(changes);
    }

    /** Removes what has been kept for long enough. */
    void purge() {
        int some = BATCH;
        while (some == BATCH) {
            some = database.brief(sql -> Objects.requireNonNull(sql.resultQuery("""
                    WITH oldest AS (SELECT id, kept_at FROM change_log ORDER BY id LIMIT {1}),
                    gone AS (DELETE FROM change_log WHERE id = ANY (ARRAY(
                        SELECT id FROM oldest WHERE kept_at < now() - {0} * interval '1 millisecond')) RETURNING id),
                    start AS (UPDATE change_log_start SET position = greatest(position, (SELECT max(id) FROM gone)))
                    SELECT count(*)::int FROM gone""", DSL.val(keep.toMillis()), DSL.val(BATCH))
                    .fetchSingle(0, Integer.class)));
        }
        database.brief(sql -> sql.execute(
                "DELETE FROM change_follower WHERE seen_at < now() - {0} * interval '2 milliseconds'",
                DSL.val(keep.toMillis())));
    }

    private static CommittedChange change(Record row) {
        return new CommittedChange(row.get(0, Long.class), row.get(1, UUID.class), row.get(2, String.class),
                row.get(3, UUID.class),
                ChangeAction.valueOf(row.get(4, String.class).toUpperCase(Locale.ROOT)),
                JsonDocument.of(row.get(5, String.class)), row.get(6, Long.class),
                row.get(7, OffsetDateTime.class).toInstant());
    }
}
