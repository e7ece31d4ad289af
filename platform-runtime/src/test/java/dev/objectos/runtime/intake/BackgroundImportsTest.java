package dev.objectos.runtime.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.objectos.runtime.Eventually;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.intake.JobClaims.Chunk;
import dev.objectos.runtime.intake.JobClaims.Claim;
import dev.objectos.runtime.pipeline.FilteredRecords;
import dev.objectos.runtime.pipeline.GatheredRights;
import dev.objectos.runtime.pipeline.ReadPipeline;
import dev.objectos.runtime.pipeline.RecordPipeline;
import dev.objectos.runtime.pipeline.TestingWrites;
import dev.objectos.runtime.plan.ChangeRights;
import dev.objectos.runtime.plan.FieldViews;
import dev.objectos.runtime.plan.ReadPlanner;
import dev.objectos.runtime.query.ImportJob;
import dev.objectos.runtime.query.ImportOrder;
import dev.objectos.runtime.query.ImportOutcome;
import dev.objectos.runtime.query.ImportRow;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.ImportJobs.Wanted;
import dev.objectos.runtime.spi.UserSessions;
import dev.objectos.runtime.sql.QueryExecutor;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Jobs that are begun, left and taken over: every row is written once. */
class BackgroundImportsTest {

    private static final String PEOPLE = """
            name: people
            fields:
              name: {type: text, required: true}
              batch: {type: text}
              code: {type: text, unique: true, external_id: true}
              age: {type: integer}
              boss: {type: lookup, reference_to: people}
            """;

    private static final List<String> COLUMNS = List.of("name", "batch", "code", "age", "boss");

    private static TestingWrites writes;
    private static RecordImporter importer;
    private static JobClaims claims;

    @BeforeAll
    static void publish() {
        writes = TestingWrites.of("import_jobs", PEOPLE);
        var app = new QueryExecutor(writes.databases().app(), new SimpleMeterRegistry());
        var reads = new ReadPipeline(writes.catalogs(), new ReadPlanner(List.of()), app, Clock.systemUTC());
        importer = new RecordImporter(writes.catalogs(), new RecordPipeline(reads, writes.pipeline()),
                writes.pipeline(), new GatheredRights(new FieldViews(List::of), ChangeRights.OPEN,
                        new FilteredRecords(writes.catalogs(), app, Clock.systemUTC())),
                ChangeRights.OPEN);
        claims = new JobClaims(writes.databases().worker(), Duration.ofMinutes(2));
    }

    @AfterAll
    static void close() {
        writes.close();
    }

    @Test
    void goesOnWhereAWorkerHasDiedWithoutWritingAnyRowTwice() {
        BackgroundImports jobs = jobs(knowing());
        String batch = batch();
        ImportJob job = submit(jobs, rows(batch, 2_300));
        Claim dead = claims.claim(writes.session().tenant(), job.id()).orElseThrow();
        Chunk chunk = claims.chunk(dead).orElseThrow();
        RowImport rows = importer.prepare(dead.instruction().order(), dead.instruction().columns(), writes.session());
        // Two thirds of a part are committed, and never reported.
        rows.write(chunk.rows().subList(0, 666), new ResultLedger(dead.tenant(), dead.job()));
        assertThat(claims.next()).isEmpty();
        expire(job);
        work(jobs, job);
        ImportJob done = jobs.get(job.id(), writes.session()).orElseThrow();
        assertThat(done.status()).isEqualTo(ImportJob.Status.SUCCEEDED);
        assertThat(done.created()).isEqualTo(2_300);
        assertThat(count(batch)).isEqualTo(2_300);
        assertThat(writes.platform("select count(*) from platform.import_chunk where job = '" + job.id() + "'"))
                .containsExactly("0");
    }

    @Test
    void writesNothingMoreOnceAnotherWorkerHasTheJob() {
        BackgroundImports jobs = jobs(knowing());
        String batch = batch();
        ImportJob job = submit(jobs, rows(batch, 20));
        Claim slow = claims.claim(writes.session().tenant(), job.id()).orElseThrow();
        Chunk chunk = claims.chunk(slow).orElseThrow();
        RowImport rows = importer.prepare(slow.instruction().order(), slow.instruction().columns(), writes.session());
        expire(job);
        work(jobs, job);
        assertThatThrownBy(() -> rows.write(chunk.rows(), new ResultLedger(slow.tenant(), slow.job())))
                .isInstanceOf(LostClaimException.class);
        assertThatThrownBy(() -> claims.complete(slow, chunk)).isInstanceOf(LostClaimException.class);
        claims.end(slow, "failed", "late");
        assertThat(jobs.get(job.id(), writes.session()).orElseThrow().status())
                .isEqualTo(ImportJob.Status.SUCCEEDED);
        assertThat(count(batch)).isEqualTo(20);
    }

    @Test
    void isWorkedOffInTheBackgroundAndEndsWithTheNode() {
        try (BackgroundImports jobs = jobs(knowing())) {
            jobs.start();
            String batch = batch();
            ImportJob job = submit(jobs, rows(batch, 1_500));
            Eventually.await(() -> jobs.get(job.id(), writes.session()).orElseThrow().status().ended());
            assertThat(count(batch)).isEqualTo(1_500);
        }
    }

    @Test
    void stopsAtOnceWhereNobodyHasBegunAndAfterThePartOtherwise() {
        BackgroundImports jobs = jobs(knowing());
        String batch = batch();
        ImportJob waiting = submit(jobs, rows(batch, 5));
        assertThat(jobs.cancel(waiting.id(), writes.session()).status()).isEqualTo(ImportJob.Status.CANCELLED);
        ImportJob begun = submit(jobs, rows(batch, 2_500));
        Claim claim = claims.claim(writes.session().tenant(), begun.id()).orElseThrow();
        assertThat(jobs.cancel(begun.id(), writes.session()).status()).isEqualTo(ImportJob.Status.RUNNING);
        runner(knowing()).run(claim, () -> false);
        ImportJob cancelled = jobs.get(begun.id(), writes.session()).orElseThrow();
        assertThat(cancelled.status()).isEqualTo(ImportJob.Status.CANCELLED);
        assertThat(cancelled.created()).isEqualTo(1_000);
        assertThat(count(batch)).isEqualTo(1_000);
        assertThat(jobs.undo(begun.id(), writes.session()).undo().deleted()).isEqualTo(1_000);
        assertThat(count(batch)).isZero();
    }

    @Test
    void failsWhereWhoAskedForItMayNotSignInAnyMore() {
        BackgroundImports jobs = jobs(Optional.empty());
        ImportJob job = submit(jobs, rows(batch(), 5));
        runner(Optional.empty()).run(claims.claim(writes.session().tenant(), job.id()).orElseThrow(), () -> false);
        ImportJob failed = jobs.get(job.id(), writes.session()).orElseThrow();
        assertThat(failed.status()).isEqualTo(ImportJob.Status.FAILED);
        assertThat(failed.error()).contains("may not sign in");
    }

    @Test
    void undoesSeveralChangesOfARecordAsOne() {
        BackgroundImports jobs = jobs(knowing());
        String batch = batch();
        UUID old = writes.create("people", Map.of("name", "Old", "batch", batch, "code", batch, "age", 1)).id();
        ImportJob job = submit(jobs, List.of(row(1, Map.of("name", "A", "batch", batch, "code", batch, "age", 2)),
                row(2, Map.of("name", "B", "batch", batch, "code", batch, "age", 3)),
                row(3, Map.of("name", "N", "batch", batch, "code", batch + "n")),
                row(4, Map.of("name", "M", "batch", batch, "code", batch + "n", "age", 5)),
                row(5, Map.of("name", "Child", "batch", batch, "code", batch + "c", "boss", batch + "n"))));
        work(jobs, job);
        assertThat(writes.row("people", old)).containsEntry("name", "B").containsEntry("age", 3);
        assertThat(count(batch)).isEqualTo(3);
        ImportJob undone = jobs.undo(job.id(), writes.session());
        assertThat(undone.undo()).isEqualTo(new ImportJob.Undo(true, 2, 1, 0));
        assertThat(writes.row("people", old)).containsEntry("name", "Old").containsEntry("age", 1);
        assertThat(count(batch)).isEqualTo(1);
        assertThatThrownBy(() -> jobs.undo(job.id(), writes.session())).isInstanceOf(PlatformException.class);
    }

    @Test
    void tellsOfEachRowWithFailuresFirst() {
        BackgroundImports jobs = jobs(knowing());
        String batch = batch();
        ImportJob job = submit(jobs, List.of(row(1, Map.of("name", "A", "batch", batch)),
                row(2, Map.of("batch", batch)), row(3, Map.of("name", "", "batch", "")),
                row(4, Map.of("name", "B", "batch", batch, "age", "old"))));
        work(jobs, job);
        List<ImportOutcome> results = jobs.results(job.id(), null, 10, 0, writes.session());
        assertThat(results).extracting(ImportOutcome::row).containsExactly(2, 4, 3, 1);
        assertThat(results.get(1).fields()).extracting(error -> error.field()).containsExactly("age");
        assertThat(results.getLast().id()).isNotNull();
        assertThat(jobs.results(job.id(), ImportOutcome.Action.FAILED, 1, 1, writes.session()))
                .extracting(ImportOutcome::row).containsExactly(4);
        assertThat(jobs.list(new Wanted("people", ImportJob.Status.SUCCEEDED, 50, 0), writes.session()))
                .extracting(ImportJob::id).contains(job.id());
        assertThat(jobs.get(job.id(), writes.session(TestingWrites.OTHER_TENANT))).isEmpty();
    }

    @Test
    void forgetsJobsThatEndedLongAgo() {
        BackgroundImports jobs = jobs(knowing());
        ImportJob job = submit(jobs, rows(batch(), 3));
        work(jobs, job);
        claims.purge(Duration.ofDays(1));
        assertThat(jobs.get(job.id(), writes.session())).isPresent();
        claims.purge(Duration.ofNanos(-1).minusSeconds(1));
        assertThat(jobs.get(job.id(), writes.session())).isEmpty();
        assertThat(writes.platform("select count(*) from platform.import_result where job = '" + job.id() + "'"))
                .containsExactly("0");
    }

    @Test
    void leavesTheRestToAnotherWorkerWhereTheServerStops() {
        BackgroundImports jobs = jobs(knowing());
        String batch = batch();
        ImportJob job = submit(jobs, rows(batch, 20));
        runner(knowing()).run(claims.claim(writes.session().tenant(), job.id()).orElseThrow(), () -> true);
        assertThat(jobs.get(job.id(), writes.session()).orElseThrow().status().ended()).isFalse();
        assertThat(count(batch)).isZero();
        work(jobs, job);
        assertThat(count(batch)).isEqualTo(20);
    }

    @Test
    void triesAJobWithoutWritingAndUndoesNothingOfIt() {
        BackgroundImports jobs = jobs(knowing());
        String batch = batch();
        ImportJob job = jobs.submit(order(true, false), COLUMNS, List.of(row(1, Map.of("name", "A", "batch", batch)),
                row(2, Map.of("batch", batch))).iterator(), writes.session());
        work(jobs, job);
        ImportJob done = jobs.get(job.id(), writes.session()).orElseThrow();
        assertThat(done).extracting(ImportJob::created, ImportJob::errors, ImportJob::undoable)
                .containsExactly(1, 1, false);
        assertThat(count(batch)).isZero();
        assertThat(TestingWrites.refusal(() -> jobs.undo(job.id(), writes.session())).code())
                .isEqualTo(RuntimeError.IMPORT_NOT_UNDOABLE);
    }

    @Test
    void undoesWhatNobodyHasChangedSince() {
        BackgroundImports jobs = jobs(knowing());
        String batch = batch();
        ImportJob job = submit(jobs, rows(batch, 2));
        work(jobs, job);
        UUID changed = jobs.results(job.id(), null, 10, 0, writes.session()).getFirst().id();
        writes.update("people", Objects.requireNonNull(changed), Map.of("age", 9));
        assertThat(jobs.undo(job.id(), writes.session()).undo()).isEqualTo(new ImportJob.Undo(true, 1, 0, 1));
        assertThat(count(batch)).isEqualTo(1);
    }

    @Test
    void refusesWhatNoJobCanDo() {
        BackgroundImports jobs = jobs(knowing());
        assertThat(TestingWrites.refusal(() -> jobs.submit(order(false, true), COLUMNS,
                rows(batch(), 1).iterator(), writes.session()))).hasMessageContaining("\"atomic\"");
        ImportJob job = submit(jobs, rows(batch(), 1));
        assertThat(TestingWrites.refusal(() -> jobs.undo(job.id(), writes.session())))
                .hasMessageContaining("has not ended");
        assertThat(TestingWrites.refusal(() -> jobs.results(job.id(), null, 0, 0, writes.session())).code())
                .isEqualTo(RuntimeError.INVALID_REQUEST);
        assertThat(TestingWrites.refusal(() -> jobs.cancel(UUID.randomUUID(), writes.session())).code())
                .isEqualTo(RuntimeError.RESOURCE_NOT_FOUND);
        jobs.cancel(job.id(), writes.session());
    }

    private static BackgroundImports jobs(Optional<UserSessions> sessions) {
        return new BackgroundImports(writes.databases().worker(), importer, writes.pipeline(), () -> sessions,
                new ImportProperties(true, Duration.ofMinutes(2), Duration.ofDays(1)));
    }

    private static JobRunner runner(Optional<UserSessions> sessions) {
        return new JobRunner(claims, importer, writes.pipeline(), () -> sessions);
    }

    private static Optional<UserSessions> knowing() {
        return Optional.of(new UserSessions() {

            @Override
            public Optional<Session> of(UUID tenant, String user) {
                return Optional.of(writes.session(tenant));
            }

            @Override
            public List<Member> members(UUID tenant) {
                return List.of();
            }
        });
    }

    private static ImportJob submit(BackgroundImports jobs, List<ImportRow> rows) {
        return jobs.submit(order(false, false), COLUMNS, rows.iterator(), writes.session());
    }

    private static ImportOrder order(boolean dryRun, boolean atomic) {
        return new ImportOrder("people", ImportOrder.Source.JSON, ImportOrder.WriteMode.UPSERT, List.of(), Map.of(),
                dryRun, atomic, true, Set.of(), false);
    }

    private static void work(BackgroundImports jobs, ImportJob job) {
        Claim claim = claims.claim(writes.session().tenant(), job.id()).orElseThrow();
        runner(knowing()).run(claim, () -> false);
        assertThat(jobs.get(job.id(), writes.session()).orElseThrow().status().ended()).isTrue();
    }

    private static void expire(ImportJob job) {
        try (var connection = writes.databases().worker().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("update platform.import_job set lease_until = now() - interval '1 second' where id = '"
                    + job.id() + "'");
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<ImportRow> rows(String batch, int count) {
        var rows = new ArrayList<ImportRow>();
        for (int i = 1; i <= count; i++) {
            rows.add(row(i, Map.of("name", "Person " + i, "batch", batch)));
        }
        return rows;
    }

    private static ImportRow row(int number, Map<String, Object> cells) {
        return new ImportRow(number, cells);
    }

    private static long count(String batch) {
        return writes.number("select count(*) from data.people where batch = '" + batch + "'");
    }

    private static String batch() {
        return "batch-" + UUID.randomUUID();
    }
}
