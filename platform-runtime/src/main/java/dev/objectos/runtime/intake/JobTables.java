package dev.objectos.runtime.intake;

import dev.objectos.runtime.FieldError;
import dev.objectos.runtime.query.ImportJob;
import dev.objectos.runtime.query.ImportOrder;
import dev.objectos.runtime.query.ImportOutcome;
import dev.objectos.runtime.spi.ImportJobs.Wanted;
import dev.objectos.runtime.sql.WriteJson;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Jobs as those see them who have asked for them: submitted, looked at, cancelled, to be undone. */
final class JobTables {

    private static final String COLUMNS = """
            id, object, status, instruction ->> 'dryRun' AS dry_run, instruction ->> 'writeMode' AS write_mode, total,
            processed, created, updated, skipped, errors, error, undo_asker IS NOT NULL AS undo_wanted, deleted, restored,
            undo_failed, created_at, started_at, completed_at, reverted_at""";

    private static final String RESULTS = """
            SELECT row, action, record, code, error, fields FROM platform.import_result
            WHERE tenant_id = {0} AND job = {1} AND {2}
            ORDER BY CASE action WHEN 'failed' THEN 0 WHEN 'skipped' THEN 1 ELSE 2 END, row LIMIT {3} OFFSET {4}""";

    private final DSLContext sql;

    /** @param worker connections of the role that may see the platform's tables */
    JobTables(DataSource worker) {
        this.sql = DSL.using(worker, SQLDialect.POSTGRES);
    }

    /** How many jobs of a tenant have not ended. */
    int unfinished(UUID tenant) {
        return Objects.requireNonNull(sql.resultQuery("""
                SELECT count(*)::int FROM platform.import_job
                WHERE tenant_id = {0} AND status IN ('storing', 'pending', 'running')""", DSL.val(tenant))
                .fetchSingle(0, Integer.class));
    }

    /** A job whose rows are still to come. */
    UUID open(Asker asker, Instruction instruction) {
        return Objects.requireNonNull(sql.resultQuery("""
                INSERT INTO platform.import_job (tenant_id, object, instruction, asker)
                VALUES ({0}, {1}, cast({2} AS jsonb), cast({3} AS jsonb)) RETURNING id""", DSL.val(asker.tenant()),
                DSL.val(instruction.order().object()), DSL.val(instruction.json()),
                DSL.val(WriteJson.text(asker.toJson()))).fetchSingle(0, UUID.class));
    }

    void store(UUID tenant, UUID job, int number, String rows) {
        sql.execute("INSERT INTO platform.import_chunk (tenant_id, job, number, rows) VALUES ({0}, {1}, {2}, {3})",
                DSL.val(tenant), DSL.val(job), DSL.val(number), DSL.val(rows));
    }

    /** All rows are there; the job may begin. */
    void ready(UUID tenant, UUID job, int total) {
        sql.execute("""
                UPDATE platform.import_job SET status = 'pending', total = {2}
                WHERE tenant_id = {0} AND id = {1}""", DSL.val(tenant), DSL.val(job), DSL.val(total));
    }

    void remove(UUID tenant, UUID job) {
        sql.execute("""
                WITH chunks AS (DELETE FROM platform.import_chunk WHERE tenant_id = {0} AND job = {1}),
                    results AS (DELETE FROM platform.import_result WHERE tenant_id = {0} AND job = {1})
                DELETE FROM platform.import_job WHERE tenant_id = {0} AND id = {1}""", DSL.val(tenant), DSL.val(job));
    }

    /** @param asker only jobs that they have asked for; null: anybody's */
    List<ImportJob> list(UUID tenant, Wanted wanted, @Nullable UUID asker) {
        String object = wanted.object();
        ImportJob.Status status = wanted.status();
        return sql.resultQuery("SELECT " + COLUMNS + "\n" + """
                FROM platform.import_job WHERE tenant_id = {0} AND status <> 'storing' AND {1} AND {2} AND {3}
                ORDER BY id DESC LIMIT {4} OFFSET {5}""", DSL.val(tenant), of(asker),
                object == null ? DSL.trueCondition() : DSL.condition("object = {0}", DSL.val(object)),
                status == null
                        ? DSL.trueCondition()
                        : DSL.condition("status = {0}", DSL.val(status.name().toLowerCase(Locale.ROOT))),
                DSL.val(wanted.limit()), DSL.val(wanted.offset())).fetch(JobTables::job);
    }

    Optional<ImportJob> get(UUID tenant, UUID job, @Nullable UUID asker) {
        return sql.resultQuery("SELECT " + COLUMNS + "\n" + """
                FROM platform.import_job WHERE tenant_id = {0} AND id = {1} AND status <> 'storing' AND {2}""",
                DSL.val(tenant), DSL.val(job), of(asker)).fetchOptional(JobTables::job);
    }

    List<ImportOutcome> results(UUID tenant, UUID job, ImportOutcome.@Nullable Action action, int limit, int offset) {
        return sql.resultQuery(RESULTS, DSL.val(tenant), DSL.val(job), action == null
                ? DSL.trueCondition()
                : DSL.condition("action = {0}", DSL.val(action.name().toLowerCase(Locale.ROOT))), DSL.val(limit),
                DSL.val(offset)).fetch(JobTables::outcome);
    }

    /** A job that nobody has begun ends at once, another one after the rows that are being written. */
    void cancel(UUID tenant, UUID job) {
        sql.execute("""
                WITH ended AS (
                    UPDATE platform.import_job SET cancel_wanted = true,
                        status = CASE status WHEN 'pending' THEN 'cancelled' ELSE status END,
                        completed_at = CASE status WHEN 'pending' THEN clock_timestamp() END
                    WHERE tenant_id = {0} AND id = {1} AND status IN ('pending', 'running') RETURNING status)
                DELETE FROM platform.import_chunk
                WHERE tenant_id = {0} AND job = {1} AND EXISTS (SELECT 1 FROM ended WHERE status = 'cancelled')""",
                DSL.val(tenant), DSL.val(job));
    }

    /** Notes that the job is to be undone, unless it is already. */
    boolean wantUndo(UUID job, Asker asker) {
        return sql.execute("""
                UPDATE platform.import_job SET undo_asker = cast({2} AS jsonb), lease_until = NULL, attempts = 0
                WHERE tenant_id = {0} AND id = {1} AND undo_asker IS NULL AND reverted_at IS NULL
                  AND status IN ('succeeded', 'failed', 'cancelled')""", DSL.val(asker.tenant()), DSL.val(job),
                DSL.val(WriteJson.text(asker.toJson()))) == 1;
    }

    private static Condition of(@Nullable UUID asker) {
        return asker == null
                ? DSL.trueCondition()
                : DSL.condition("asker ->> 'user' = {0}", DSL.val(asker.toString()));
    }

    private static ImportJob job(Record row) {
        return new ImportJob(row.get("id", UUID.class), row.get("object", String.class),
                ImportJob.Status.valueOf(row.get("status", String.class).toUpperCase(Locale.ROOT)),
                "true".equals(row.get("dry_run", String.class)),
                ImportOrder.WriteMode.valueOf(row.get("write_mode", String.class)), row.get("total", Integer.class),
                row.get("processed", Integer.class), row.get("created", Integer.class),
                row.get("updated", Integer.class), row.get("skipped", Integer.class),
                row.get("errors", Integer.class), row.get("error", String.class),
                new ImportJob.Undo(row.get("undo_wanted", Boolean.class), row.get("deleted", Integer.class),
                        row.get("restored", Integer.class), row.get("undo_failed", Integer.class)),
                row.get("created_at", OffsetDateTime.class).toInstant(), moment(row, "started_at"),
                moment(row, "completed_at"), moment(row, "reverted_at"));
    }

    private static @Nullable Instant moment(Record row, String column) {
        OffsetDateTime moment = row.get(column, OffsetDateTime.class);
        return moment == null ? null : moment.toInstant();
    }

    private static ImportOutcome outcome(Record row) {
        String fields = row.get("fields", String.class);
        return new ImportOutcome(row.get("row", Integer.class),
                ImportOutcome.Action.valueOf(row.get("action", String.class).toUpperCase(Locale.ROOT)),
                row.get("record", UUID.class), row.get("code", String.class), row.get("error", String.class),
                fields == null ? List.of() : errors(fields));
    }

    private static List<FieldError> errors(String json) {
        var errors = new ArrayList<FieldError>();
        if (WriteJson.parse(json) instanceof List<?> list) {
            for (Object one : list) {
                if (one instanceof Map<?, ?> error) {
                    errors.add(new FieldError(String.valueOf(error.get("field")), String.valueOf(error.get("code")),
                            String.valueOf(error.get("message"))));
                }
            }
        }
        return errors;
    }
}
