package dev.objectos.runtime.intake;

import dev.objectos.runtime.FieldError;
import dev.objectos.runtime.query.ImportOutcome;
import dev.objectos.runtime.query.ImportRow;
import dev.objectos.runtime.sql.WriteJson;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * Jobs as workers see them. Who claims one has it for a while, and longer with each part that is done; a worker that has lost its
 * claim learns so when it reports.
 */
final class JobClaims {

    /** Tries without any progress after which a job is given up. */
    static final int ATTEMPTS = 10;

    private static final String CLAIM = """
            UPDATE platform.import_job SET lease = {0}, attempts = attempts + 1,
                lease_until = clock_timestamp() + {1} * interval '1 millisecond',
                status = CASE status WHEN 'pending' THEN 'running' ELSE status END,
                started_at = coalesce(started_at, clock_timestamp())
            WHERE (tenant_id, id) = (
                SELECT tenant_id, id FROM platform.import_job
                WHERE (status IN ('pending', 'running') OR undo_asker IS NOT NULL AND reverted_at IS NULL)
                  AND (lease_until IS NULL OR lease_until < clock_timestamp()) AND {2}
                ORDER BY created_at LIMIT 1 FOR UPDATE SKIP LOCKED)
            RETURNING tenant_id, id, instruction::text AS instruction, asker::text AS asker,
                undo_asker::text AS undo_asker, status, cancel_wanted, attempts""";

    private static final String COMPLETE = """
            WITH gone AS (
                DELETE FROM platform.import_chunk WHERE tenant_id = {0} AND job = {1} AND number = {2} RETURNING 1),
            done AS (
                SELECT count(*) AS all, count(*) FILTER (WHERE action = 'created') AS created,
                       count(*) FILTER (WHERE action = 'updated') AS updated,
                       count(*) FILTER (WHERE action = 'skipped') AS skipped,
                       count(*) FILTER (WHERE action = 'failed') AS failed
                FROM platform.import_result WHERE tenant_id = {0} AND job = {1} AND row BETWEEN {3} AND {4})
            UPDATE platform.import_job j SET processed = processed + done.all, created = j.created + done.created,
                updated = j.updated + done.updated, skipped = j.skipped + done.skipped, errors = errors + done.failed,
                lease_until = clock_timestamp() + {5} * interval '1 millisecond', attempts = 0
            FROM done WHERE j.tenant_id = {0} AND j.id = {1} AND j.lease = {6} AND EXISTS (SELECT 1 FROM gone)
            RETURNING j.cancel_wanted""";

    private static final String UNDOABLE = """
            SELECT record, max(version) AS version, bool_or(action = 'created') AS made,
                   array_agg(before ORDER BY row DESC) AS before
            FROM platform.import_result
            WHERE tenant_id = {0} AND job = {1} AND record IS NOT NULL AND undone IS NULL
              AND action IN ('created', 'updated')
            GROUP BY record ORDER BY max(row) DESC LIMIT {2}""";

    private final DSLContext sql;
    private final Duration lease;

    /**
     * @param worker connections of the role that may see the platform's tables
     * @param lease longer than any part takes
     */
    JobClaims(DataSource worker, Duration lease) {
        this.sql = DSL.using(worker, SQLDialect.POSTGRES);
        this.lease = lease;
    }

    /**
     * A job that is to be done by the one who has claimed it.
     *
     * @param undoing who wants it undone; null: it is to be imported
     * @param attempts this one among them, since it last came forward
     */
    record Claim(UUID tenant, UUID job, UUID lease, Instruction instruction, Asker asker, @Nullable Asker undoing,
            boolean cancelWanted, int attempts) {}

    /** The oldest job that nobody has; empty: none. */
    Optional<Claim> next() {
        return claim(DSL.trueCondition());
    }

    /** A certain job, where nobody has it. */
    Optional<Claim> claim(UUID tenant, UUID job) {
        return claim(DSL.condition("tenant_id = {0} AND id = {1}", DSL.val(tenant), DSL.val(job)));
    }

    private Optional<Claim> claim(Condition which) {
        UUID id = UUID.randomUUID();
        return sql.resultQuery(CLAIM, DSL.val(id), DSL.val(lease.toMillis()), which)
                .fetchOptional(row -> claim(row, id));
    }

    private static Claim claim(Record row, UUID lease) {
        UUID tenant = row.get("tenant_id", UUID.class);
        String undoing = row.get("undo_asker", String.class);
        boolean running = "running".equals(row.get("status", String.class));
        return new Claim(tenant, row.get("id", UUID.class), lease,
                Instruction.of(row.get("instruction", String.class)), asker(tenant, row.get("asker", String.class)),
                running || undoing == null ? null : asker(tenant, undoing), row.get("cancel_wanted", Boolean.class),
                row.get("attempts", Integer.class));
    }

    private static Asker asker(UUID tenant, String json) {
        return Asker.fromJson(tenant, (Map<?, ?>) Objects.requireNonNull(WriteJson.parse(json)));
    }

    /** Rows that belong together, in their order. */
    record Chunk(int number, List<ImportRow> rows) {}

    /** The first rows that are not done. */
    Optional<Chunk> chunk(Claim claim) {
        return sql.resultQuery("""
                SELECT number, rows FROM platform.import_chunk WHERE tenant_id = {0} AND job = {1}
                ORDER BY number LIMIT 1""", DSL.val(claim.tenant()), DSL.val(claim.job()))
                .fetchOptional(row -> new Chunk(row.get("number", Integer.class), rows(row.get("rows", String.class))));
    }

    static String json(List<ImportRow> rows) {
        var json = new ArrayList<Map<String, Object>>(rows.size());
        for (ImportRow row : rows) {
            json.add(Map.of("n", row.number(), "c", row.cells()));
        }
        return WriteJson.text(json);
    }

    private static List<ImportRow> rows(String text) {
        var rows = new ArrayList<ImportRow>();
        for (Object one : (List<?>) Objects.requireNonNull(WriteJson.parse(text))) {
            var row = (Map<?, ?>) one;
            var cells = new LinkedHashMap<String, @Nullable Object>();
            ((Map<?, ?>) Objects.requireNonNull(row.get("c")))
                    .forEach((column, cell) -> cells.put(String.valueOf(column), cell));
            rows.add(new ImportRow((Integer) Objects.requireNonNull(row.get("n")), cells));
        }
        return rows;
    }

    /** Which of the rows are settled already, by a worker that did not come to report it. */
    Set<Integer> settled(Claim claim, int first, int last) {
        return new HashSet<>(sql.resultQuery("""
                SELECT row FROM platform.import_result
                WHERE tenant_id = {0} AND job = {1} AND row BETWEEN {2} AND {3}""", DSL.val(claim.tenant()),
                DSL.val(claim.job()), DSL.val(first), DSL.val(last)).fetch(0, Integer.class));
    }

    /** Writes down what became of rows that nothing was written for, or kept of. */
    void settle(Claim claim, List<ImportOutcome> outcomes) {
        var rows = new ArrayList<Map<String, @Nullable Object>>();
        for (ImportOutcome outcome : outcomes) {
            var row = new LinkedHashMap<String, @Nullable Object>();
            row.put("row", outcome.row());
            row.put("action", outcome.action().name().toLowerCase(Locale.ROOT));
            row.put("record", outcome.id());
            row.put("code", outcome.code());
            row.put("error", outcome.error());
            row.put("fields", outcome.fields().isEmpty() ? null : fields(outcome.fields()));
            rows.add(row);
        }
        if (!rows.isEmpty()) {
            sql.execute("""
                    INSERT INTO platform.import_result (tenant_id, job, row, action, record, code, error, fields)
                    SELECT {0}, {1}, r.row, r.action, r.record, r.code, r.error, r.fields
                    FROM json_to_recordset(cast({2} AS json))
                        AS r (row integer, action text, record uuid, code text, error text, fields text)
                    ON CONFLICT DO NOTHING""", DSL.val(claim.tenant()), DSL.val(claim.job()),
                    DSL.val(WriteJson.text(rows)));
        }
    }

    private static String fields(List<FieldError> errors) {
        return WriteJson.text(errors.stream()
                .map(error -> Map.of("field", error.field(), "code", error.code(), "message", error.message()))
                .toList());
    }

    /**
     * Reports rows as done.
     *
     * @return whether the job is to be cancelled
     * @throws LostClaimException where another worker has the job
     */
    boolean complete(Claim claim, Chunk chunk) {
        return sql.resultQuery(COMPLETE, DSL.val(claim.tenant()), DSL.val(claim.job()), DSL.val(chunk.number()),
                DSL.val(chunk.rows().getFirst().number()), DSL.val(chunk.rows().getLast().number()),
                DSL.val(lease.toMillis()), DSL.val(claim.lease())).fetchOptional(0, Boolean.class)
                .orElseThrow(LostClaimException::new);
    }

    /**
     * Ends a job; what is left of its rows is forgotten.
     *
     * @param status succeeded, failed or cancelled
     */
    void end(Claim claim, String status, @Nullable String error) {
        sql.execute("""
                WITH ended AS (
                    UPDATE platform.import_job SET status = {2}, error = {3}, completed_at = clock_timestamp(),
                        lease = NULL, lease_until = NULL
                    WHERE tenant_id = {0} AND id = {1} AND lease = {4} RETURNING 1)
                DELETE FROM platform.import_chunk
                WHERE tenant_id = {0} AND job = {1} AND EXISTS (SELECT 1 FROM ended)""", DSL.val(claim.tenant()),
                DSL.val(claim.job()), DSL.val(status), DSL.val(error, String.class), DSL.val(claim.lease()));
    }

    /** Leaves a job to whoever claims it next, after a while. */
    void release(Claim claim, Duration pause) {
        sql.execute("""
                UPDATE platform.import_job SET lease = NULL,
                    lease_until = clock_timestamp() + {3} * interval '1 millisecond'
                WHERE tenant_id = {0} AND id = {1} AND lease = {2}""", DSL.val(claim.tenant()), DSL.val(claim.job()),
                DSL.val(claim.lease()), DSL.val(pause.toMillis()));
    }

    /**
     * A record that a job has written.
     *
     * @param version as the job left it
     * @param made whether it is the job's own
     * @param before values that the job has changed, as they were
     */
    record Written(UUID id, long version, boolean made, Map<String, @Nullable Object> before) {}

    /** Records that are still to be put back, those written last first. */
    List<Written> undoable(Claim claim, int most) {
        return sql.resultQuery(UNDOABLE, DSL.val(claim.tenant()), DSL.val(claim.job()), DSL.val(most))
                .fetch(row -> new Written(row.get("record", UUID.class), row.get("version", Long.class),
                        row.get("made", Boolean.class), before(row.get("before", String[].class))));
    }

    /** Of several changes of one record the earliest says how it was. */
    private static Map<String, @Nullable Object> before(@Nullable String[] latestFirst) {
        var before = new LinkedHashMap<String, @Nullable Object>();
        for (String json : latestFirst) {
            if (json != null && WriteJson.parse(json) instanceof Map<?, ?> values) {
                values.forEach((field, value) -> before.put(String.valueOf(field), value));
            }
        }
        return before;
    }

    /**
     * Reports how putting records back has gone.
     *
     * @param failed why not, by record
     * @param done records for which nothing was to be done
     * @throws LostClaimException where another worker has the job
     */
    void undone(Claim claim, Map<UUID, String> failed, List<UUID> done) {
        var rows = new ArrayList<Map<String, @Nullable Object>>();
        failed.forEach((id, error) -> rows.add(Map.of("record", id, "undone", "failed", "error", error)));
        done.forEach(id -> rows.add(Map.of("record", id, "undone", "done")));
        sql.execute("""
                UPDATE platform.import_result r SET undone = d.undone, undo_error = d.error
                FROM json_to_recordset(cast({2} AS json)) AS d (record uuid, undone text, error text)
                WHERE r.tenant_id = {0} AND r.job = {1} AND r.record = d.record AND r.undone IS NULL""",
                DSL.val(claim.tenant()), DSL.val(claim.job()), DSL.val(WriteJson.text(rows)));
        int renewed = sql.execute("""
                UPDATE platform.import_job SET attempts = 0,
                    lease_until = clock_timestamp() + {3} * interval '1 millisecond'
                WHERE tenant_id = {0} AND id = {1} AND lease = {2}""", DSL.val(claim.tenant()), DSL.val(claim.job()),
                DSL.val(claim.lease()), DSL.val(lease.toMillis()));
        if (renewed == 0) {
            throw new LostClaimException();
        }
    }

    /** Everything that could be put back is. */
    void reverted(Claim claim) {
        sql.execute("""
                UPDATE platform.import_job j SET reverted_at = clock_timestamp(), lease = NULL, lease_until = NULL,
                    deleted = d.deleted, restored = d.restored, undo_failed = d.failed
                FROM (SELECT count(*) FILTER (WHERE made AND done) AS deleted,
                             count(*) FILTER (WHERE NOT made AND done) AS restored,
                             count(*) FILTER (WHERE NOT done) AS failed
                      FROM (SELECT bool_or(action = 'created') AS made, bool_and(undone = 'done') AS done
                            FROM platform.import_result
                            WHERE tenant_id = {0} AND job = {1} AND undone IS NOT NULL GROUP BY record) AS records) AS d
                WHERE j.tenant_id = {0} AND j.id = {1} AND j.lease = {2}""", DSL.val(claim.tenant()),
                DSL.val(claim.job()), DSL.val(claim.lease()));
    }

    /** Removes jobs that ended, or were never ready, longer ago. */
    void purge(Duration keep) {
        sql.execute("""
                WITH old AS (
                    DELETE FROM platform.import_job
                    WHERE completed_at < clock_timestamp() - {0} * interval '1 millisecond'
                          AND (undo_asker IS NULL OR reverted_at IS NOT NULL)
                       OR status = 'storing' AND created_at < clock_timestamp() - interval '1 day'
                    RETURNING tenant_id, id),
                chunks AS (
                    DELETE FROM platform.import_chunk c USING old o WHERE c.tenant_id = o.tenant_id AND c.job = o.id)
                DELETE FROM platform.import_result r USING old o WHERE r.tenant_id = o.tenant_id AND r.job = o.id""",
                DSL.val(keep.toMillis()));
    }
}
