package dev.objectos.runtime.event.delivery;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.event.DeadLetter;
import dev.objectos.runtime.event.DeadLetterPage;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.session.SystemPermission;
import dev.objectos.runtime.spi.DeadLetters;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** The dead letters in the database. */
public final class StoredDeadLetters implements DeadLetters {

    private static final String SELECT = """
            SELECT id, subscriber, event, tenant_id, object, record_id, action, payload::text AS payload, version, actor,
                   origin, occurred_at, attempts, cause, died_at
            FROM dead_letter WHERE tenant_id = {0} AND {1} ORDER BY id DESC LIMIT {2}""";

    private static final String REFUSAL = "Dead letters are for whoever manages automation";
    private static final String KNOWN = "SELECT id FROM event_subscriber WHERE name = {0}";

    private static final String REPLAY = """
            WITH letter AS (DELETE FROM dead_letter WHERE tenant_id = {0} AND {1} RETURNING *),
            lane AS (
                INSERT INTO event_lane (subscriber, tenant_id, object, record_id)
                SELECT DISTINCT {2}, tenant_id, object, record_id FROM letter ORDER BY 1, 2, 3, 4
                -- What is counted so far is about another event, unless that one is being tried right now.
                ON CONFLICT (subscriber, tenant_id, object, record_id) DO UPDATE SET
                    attempts = CASE WHEN event_lane.claim IS NULL THEN 0 ELSE event_lane.attempts END,
                    head = CASE WHEN event_lane.claim IS NULL THEN NULL ELSE event_lane.head END
                RETURNING id, tenant_id, object, record_id)
            INSERT INTO event_delivery (lane, event, action, payload, version, actor, origin, occurred_at)
            SELECT l.id, d.event, d.action, d.payload, d.version, d.actor, d.origin, d.occurred_at
            FROM letter d JOIN lane l USING (tenant_id, object, record_id)""";

    private final DSLContext sql;
    private final Runnable replayed;

    /**
     * @param worker connections of the role that may see the letters
     * @param replayed called once there is something to deliver again
     */
    public StoredDeadLetters(DataSource worker, CommitSignal replayed) {
        this.sql = new EventDatabase(worker).sql();
        this.replayed = replayed::afterCommit;
    }

    @Override
    public DeadLetterPage page(@Nullable String subscriber, @Nullable String cursor, int limit, Session session) {
        session.require(SystemPermission.MANAGE_AUTOMATION, REFUSAL);
        if (limit < 1 || limit > MAXIMUM) {
            throw new PlatformException(RuntimeError.INVALID_REQUEST,
                    "limit must be between 1 and " + MAXIMUM + ", and is " + limit);
        }
        Condition before = cursor == null ? DSL.trueCondition() : DSL.condition("id < {0}", DSL.val(position(cursor)));
        Condition whose = subscriber == null
                ? DSL.trueCondition()
                : DSL.condition("subscriber = {0}", DSL.val(subscriber));
        List<DeadLetter> found = sql
                .resultQuery(SELECT, DSL.val(session.tenant()), before.and(whose), DSL.val(limit + 1))
                .fetch(StoredDeadLetters::letter);
        boolean more = found.size() > limit;
        List<DeadLetter> items = more ? found.subList(0, limit) : found;
        return new DeadLetterPage(items, more ? String.valueOf(items.getLast().id()) : null);
    }

    @Override
    public DeadLetter get(long id, Session session) {
        session.require(SystemPermission.MANAGE_AUTOMATION, REFUSAL);
        return sql.resultQuery(SELECT, DSL.val(session.tenant()), DSL.condition("id = {0}", DSL.val(id)), DSL.val(1))
                .fetchOptional(StoredDeadLetters::letter).orElseThrow(() -> unknown(id));
    }

    @Override
    public void replay(long id, Session session) {
        String subscriber = get(id, session).subscriber();
        if (replay(subscriber, DSL.condition("id = {0}", DSL.val(id)), session.tenant()) == 0) {
            throw unknown(id);
        }
    }

    @Override
    public int replayAll(String subscriber, Session session) {
        session.require(SystemPermission.MANAGE_AUTOMATION, REFUSAL);
        return replay(subscriber, DSL.condition("subscriber = {0}", DSL.val(subscriber)), session.tenant());
    }

    private int replay(String subscriber, Condition which, UUID tenant) {
        int count = sql.transactionResult(configuration -> {
            DSLContext here = configuration.dsl();
            // Locked, so that it is not forgotten meanwhile with what is about to be put into its lanes.
            int to = here.resultQuery(KNOWN + " FOR SHARE", DSL.val(subscriber)).fetchOptional(0, Integer.class)
                    .orElseThrow(() -> new PlatformException(RuntimeError.RESOURCE_NOT_FOUND,
                            "There is no subscriber " + subscriber + " now; enable the plugin that brings it first"));
            return here.execute(REPLAY, DSL.val(tenant), which, DSL.val(to));
        });
        replayed.run();
        return count;
    }

    @Override
    public void discard(long id, Session session) {
        session.require(SystemPermission.MANAGE_AUTOMATION, REFUSAL);
        if (sql.execute("DELETE FROM dead_letter WHERE tenant_id = {0} AND id = {1}", DSL.val(session.tenant()),
                DSL.val(id)) == 0) {
            throw unknown(id);
        }
    }

    private static PlatformException unknown(long id) {
        return new PlatformException(RuntimeError.RESOURCE_NOT_FOUND, "There is no dead letter " + id);
    }

    private static long position(String cursor) {
        try {
            return Long.parseLong(cursor);
        } catch (NumberFormatException e) {
            throw new PlatformException(RuntimeError.INVALID_REQUEST,
                    "cursor must be the nextCursor of an earlier answer", e);
        }
    }

    private static DeadLetter letter(Record row) {
        return new DeadLetter(row.get("id", Long.class), row.get("subscriber", String.class),
                Lanes.event(row, row, row.get("event", Long.class), row.get("attempts", Integer.class)),
                row.get("cause", String.class), row.get("died_at", OffsetDateTime.class).toInstant());
    }
}
