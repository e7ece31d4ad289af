package dev.objectos.automation.run;

import dev.objectos.runtime.event.ChangeAction;
import dev.objectos.runtime.event.RecordChange;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Keeps the runs of triggers. What is noted about changes is collected into runs, once. */
public final class RunLog {

    /** How long a run belongs to who has begun it; longer than a try may take. */
    private static final Duration CLAIM = Duration.ofSeconds(20);

    private static final String COLUMNS = """
            id, tenant_id, trigger_name, object, record_id, action, version, actor, status, error, final, attempts,
            duration, done, changes::text AS changes, chain, occurred_at, finished_at""";

    private static final String COLLECT = """
            WITH gone AS (
                DELETE FROM platform.automation_note n USING chosen s
                WHERE n.id = s.id AND n.effect IS NULL RETURNING n.*),
            kept AS (
                UPDATE platform.automation_note n SET collected = true FROM chosen s
                WHERE n.id = s.id AND n.effect IS NOT NULL RETURNING n.*),
            runs AS (
                INSERT INTO platform.automation_run (tenant_id, trigger_name, object, record_id, action, version, actor,
                        status, error, final, attempts, duration, done, changes, chain, occurred_at, finished_at)
                SELECT n.tenant_id, r.trigger, n.object, n.record_id, n.action, n.version, (n.note ->> 'actor')::uuid,
                       r.status, r.error, r.status = 'failed', CASE r.status WHEN 'pending' THEN 0 ELSE 1 END,
                       r.micros, ARRAY(SELECT jsonb_array_elements_text(r.done)::integer),
                       CASE r.status WHEN 'pending' THEN coalesce(n.note -> 'changes', '{}') ELSE '{}' END,
                       ARRAY(SELECT jsonb_array_elements_text(coalesce(n.note -> 'chain', '[]'))), n.occurred_at,
                       CASE r.status WHEN 'pending' THEN NULL ELSE n.occurred_at END
                FROM (SELECT * FROM gone UNION ALL SELECT * FROM kept) n CROSS JOIN LATERAL jsonb_to_recordset(
                    n.note -> 'runs') AS r (trigger text, status text, error text, done jsonb, micros bigint)
                ORDER BY n.id)
            SELECT count(*) FROM chosen""";

    private final JdbcClient database;

    /** @param worker connections of the role that may see the platform's tables */
    public RunLog(DataSource worker) {
        this.database = JdbcClient.create(worker);
    }

    /** Makes runs of what was noted first. @return how many changes were looked at */
    int collect(int most) {
        return count("""
                WITH chosen AS (
                    SELECT id FROM platform.automation_note WHERE NOT collected ORDER BY id LIMIT :most
                    FOR UPDATE SKIP LOCKED),
                """ + COLLECT.substring("WITH ".length()), database -> database.param("most", most));
    }

    /** Makes runs of what was noted about one record. */
    void collect(RecordChange change) {
        count("""
                WITH chosen AS (
                    SELECT id FROM platform.automation_note
                    WHERE NOT collected AND record_id = :record AND tenant_id = :tenant ORDER BY id FOR UPDATE),
                """ + COLLECT.substring("WITH ".length()),
                database -> database.param("record", change.record()).param("tenant", change.tenant()));
    }

    private int count(String sql,
            java.util.function.UnaryOperator<JdbcClient.StatementSpec> parameters) {
        return parameters.apply(database.sql(sql)).query(Integer.class).single();
    }

    /** What a change has set off and what is not done yet, but may be. */
    List<Run> open(RecordChange change) {
        return database.sql("SELECT " + COLUMNS + " " + """
                FROM platform.automation_run
                WHERE record_id = :record AND tenant_id = :tenant AND object = :object AND action = :action
                  AND version = :version AND status <> 'succeeded' AND NOT final ORDER BY id""")
                .param("record", change.record()).param("tenant", change.tenant()).param("object", change.object())
                .param("action", change.action().word()).param("version", change.version()).query(RunLog::run).list();
    }

    /** Begins a try; empty where another is under way, or nothing is left to do. */
    Optional<Run> begin(UUID id) {
        return database.sql("""
                UPDATE platform.automation_run SET status = 'running', attempts = attempts + 1, error = NULL, final = false,
                    claimed_until = clock_timestamp() + :millis * interval '1 millisecond'
                WHERE id = :id AND status <> 'succeeded'
                  AND (claimed_until IS NULL OR claimed_until < clock_timestamp())
                RETURNING\s""" + COLUMNS).param("id", id).param("millis", CLAIM.toMillis()).query(RunLog::run).optional();
    }

    /** Notes that an action need not be done again. */
    void done(UUID id, int action) {
        database.sql("UPDATE platform.automation_run SET done = array_append(done, :action::integer) WHERE id = :id")
                .param("id", id).param("action", action).update();
    }

    /** Ends a try. @param error null: everything is done */
    void end(UUID id, @Nullable String error, boolean ended, long micros) {
        database.sql("""
                UPDATE platform.automation_run SET status = :status, error = :error, final = :final,
                    duration = duration + :micros, claimed_until = NULL, finished_at = clock_timestamp()
                WHERE id = :id""").param("id", id).param("status", error == null ? "succeeded" : "failed")
                .param("error", error, java.sql.Types.VARCHAR).param("final", error != null && ended)
                .param("micros", micros).update();
    }

    /** Adds a run that has refused the change it was asked about. */
    void refused(Refused refused) {
        database.sql("""
                INSERT INTO platform.automation_run (tenant_id, trigger_name, object, record_id, action, version, actor,
                        status, error, final, attempts, duration, occurred_at, finished_at)
                VALUES (:tenant, :trigger, :object, :record, :action, 0, :actor, 'failed', :error, true, 1, :micros,
                        :at, :at)""").param("tenant", refused.tenant()).param("trigger", refused.trigger())
                .param("object", refused.object()).param("record", refused.record())
                .param("action", refused.action().word()).param("actor", refused.actor(), java.sql.Types.OTHER)
                .param("error", "the change was refused: " + refused.reason()).param("micros", refused.micros())
                .param("at", refused.at().atOffset(java.time.ZoneOffset.UTC)).update();
    }

    /** A change that a trigger has refused. */
    record Refused(UUID tenant, String trigger, String object, UUID record, ChangeAction action, @Nullable UUID actor,
            String reason, long micros, Instant at) {}

    /** Whether an action of a run has changed records already. */
    boolean hasEffect(String effect) {
        return database.sql("SELECT EXISTS (SELECT 1 FROM platform.automation_note WHERE effect = :effect)")
                .param("effect", effect).query(Boolean.class).single();
    }

    /** Runs that nobody has begun for a while, because nobody was told of their change. */
    List<Forgotten> forgotten(Duration age, int most) {
        return database.sql("""
                SELECT id, tenant_id FROM platform.automation_run WHERE status = 'pending'
                  AND occurred_at < clock_timestamp() - :millis * interval '1 millisecond'
                ORDER BY occurred_at LIMIT :most""").param("millis", age.toMillis()).param("most", most)
                .query((row, _) -> new Forgotten(row.getObject(1, UUID.class), row.getObject(2, UUID.class))).list();
    }

    /** A run that waits although it should not. */
    record Forgotten(UUID id, UUID tenant) {}

    /** Removes what is older. */
    void purge(Duration age) {
        database.sql("""
                WITH effects AS (
                    DELETE FROM platform.automation_note
                    WHERE collected AND occurred_at < now() - :millis * interval '1 millisecond')
                DELETE FROM platform.automation_run WHERE status IN ('succeeded', 'failed')
                  AND occurred_at < now() - :millis * interval '1 millisecond'""").param("millis", age.toMillis())
                .update();
    }

    /**
     * Which runs are asked for; null: any.
     *
     * @param before only runs before that one
     */
    public record Wanted(UUID tenant, @Nullable String trigger, @Nullable String object, @Nullable UUID record,
            Run.@Nullable Status status, @Nullable UUID before, int limit) {}

    /** Runs of a tenant, newest first. */
    public List<Run> page(Wanted wanted) {
        collect(10_000);
        var status = wanted.status();
        return database.sql("SELECT " + COLUMNS + " " + """
                FROM platform.automation_run WHERE tenant_id = :tenant
                  AND (:trigger::text IS NULL OR trigger_name = :trigger)
                  AND (:object::text IS NULL OR object = :object)
                  AND (:record::uuid IS NULL OR record_id = :record)
                  AND (:status::text IS NULL OR status = :status)
                  AND (:before::uuid IS NULL OR id < :before) ORDER BY id DESC LIMIT :limit""")
                .param("tenant", wanted.tenant()).param("trigger", wanted.trigger(), java.sql.Types.VARCHAR)
                .param("object", wanted.object(), java.sql.Types.VARCHAR)
                .param("record", wanted.record(), java.sql.Types.OTHER)
                .param("status", status == null ? null : status.name().toLowerCase(Locale.ROOT),
                        java.sql.Types.VARCHAR)
                .param("before", wanted.before(), java.sql.Types.OTHER).param("limit", wanted.limit())
                .query(RunLog::run).list();
    }

    public Optional<Run> get(UUID tenant, UUID id) {
        collect(10_000);
        return database.sql("SELECT " + COLUMNS + " FROM platform.automation_run WHERE tenant_id = :tenant AND id = :id")
                .param("tenant", tenant).param("id", id).query(RunLog::run).optional();
    }

    private static Run run(ResultSet row, @SuppressWarnings("unused") int number) throws SQLException {
        OffsetDateTime finished = row.getObject("finished_at", OffsetDateTime.class);
        return new Run(row.getObject("id", UUID.class), row.getObject("tenant_id", UUID.class),
                row.getString("trigger_name"), row.getString("object"), row.getObject("record_id", UUID.class),
                ChangeAction.valueOf(row.getString("action").toUpperCase(Locale.ROOT)), row.getLong("version"),
                row.getObject("actor", UUID.class), Run.Status.valueOf(row.getString("status").toUpperCase(Locale.ROOT)),
                row.getString("error"), row.getBoolean("final"), row.getInt("attempts"),
                Duration.of(row.getLong("duration"), ChronoUnit.MICROS), list(row.getArray("done"), Integer[].class),
                Json.map(row.getString("changes")), list(row.getArray("chain"), String[].class),
                row.getObject("occurred_at", OffsetDateTime.class).toInstant(),
                finished == null ? null : finished.toInstant());
    }

    private static <T> List<T> list(Array array, Class<T[]> type) throws SQLException {
        return Arrays.asList(type.cast(array.getArray()));
    }
}
