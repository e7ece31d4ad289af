package dev.objectos.runtime.pipeline;

import static dev.objectos.runtime.pipeline.TestingWrites.values;
import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.runtime.FieldError;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.query.Batch;
import dev.objectos.runtime.query.BatchResult;
import dev.objectos.runtime.query.BatchResult.Outcome;
import dev.objectos.runtime.query.Expected;
import dev.objectos.runtime.query.Mutation;
import dev.objectos.runtime.query.Mutation.Create;
import dev.objectos.runtime.query.Mutation.Delete;
import dev.objectos.runtime.query.Mutation.Match;
import dev.objectos.runtime.query.Mutation.OperationRef;
import dev.objectos.runtime.query.Mutation.Update;
import dev.objectos.runtime.query.Mutation.Upsert;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class BatchRunnerTest {

    private static final String[] OBJECTS = {"""
            name: projects
            fields:
              name: {type: text, required: true}
              code: {type: text, unique: true}
              external: {type: text, external_id: true, unique: true}
              number: {type: autonumber, format: "P{000}"}
              tasks: {type: summary, summary: {object: tasks, function: count}}
            """, """
            name: tasks
            fields:
              name: {type: text, required: true}
              hours: {type: number}
              done: {type: boolean, default: false}
              due: {type: datetime}
              labels: {type: tags}
              project: {type: lookup, reference_to: projects, on_delete: cascade}
              before: {type: lookup, reference_to: tasks, on_delete: set_null}
            validations:
              - {name: hours_positive, condition: "record.hours >= 0", message: Hours below zero, fields: [hours]}
            """};

    private static TestingWrites writes;

    @BeforeAll
    static void publish() {
        writes = TestingWrites.of("write_batch", OBJECTS);
    }

    @AfterAll
    static void close() {
        writes.close();
    }

    @Test
    void makesManyRecordsInFewStatements() {
        String project = writes.create("projects", values("name", "Many")).id().toString();
        var mutations = new ArrayList<Mutation>();
        for (int i = 0; i < 1_000; i++) {
            mutations.add(new Create("tasks", values("name", "t" + i + " 'quoted' \\ {}", "hours", i + ".25", "labels",
                    List.of("a,b", "c\"d"), "due", "2026-01-01T00:00:00Z", "project", project)));
        }
        BatchResult result = writes.atomic(mutations);
        assertThat(result.succeeded()).isEqualTo(1_000);
        assertThat(writes.number("select tasks from data.projects where id = '" + project + "'")).isEqualTo(1_000);
        assertThat(
                writes.one("select sum(hours) || ' ' || min(labels::text) || ' ' || count(distinct id) from data.tasks "
                        + "where project = '" + project + "'"))
                .isEqualTo("499750.00 {\"a,b\",\"c\\\"d\"} 1000");
        assertThat(writes.platform(
                "select count(*) from platform.outbox where object = 'tasks' and payload->'project'->>'to' = '"
                        + project + "'"))
                .containsExactly("1000");
        UUID first = ((Outcome.Done) result.outcomes().getFirst()).id();
        assertThat(writes.row("tasks", first)).containsEntry("name", "t0 'quoted' \\ {}");
    }

    @Test
    void writesNothingWhereOneOfAllIsRefused() {
        var mutations = List.<Mutation>of(new Create("projects", values("name", "X1", "code", "dup")),
                new Create("projects", values("name", "X2", "code", "dup")),
                new Create("projects", values("name", "X3")));
        BatchResult result = writes.atomic(mutations);
        assertThat(result.outcomes()).extracting(outcome -> outcome.getClass().getSimpleName())
                .containsExactly("RolledBack", "Refused", "RolledBack");
        assertThat(((Outcome.Refused) result.outcomes().get(1)).reason().code())
                .isEqualTo(RuntimeError.UNIQUE_VIOLATION);
        assertThat(writes.number("select count(*) from data.projects where name like 'X_'")).isZero();
    }

    @Test
    void namesEveryRefusedRecordOfARun() {
        BatchResult result = writes.atomic(List.of(new Create("tasks", values("name", "ok")),
                new Create("tasks", values("hours", 1)), new Create("tasks", values("name", "x", "hours", -1))));
        assertThat(result.outcomes()).extracting(outcome -> outcome.getClass().getSimpleName())
                .containsExactly("RolledBack", "Refused", "Refused");
        assertThat(((Outcome.Refused) result.outcomes().get(2)).reason().fields()).extracting(FieldError::field)
                .containsExactly("hours");
    }

    @Test
    void goesOnOrStopsAfterARefusalWhereTheBatchIsNotAtomic() {
        var mutations = List.<Mutation>of(new Create("tasks", values("name", "one")), new Create("tasks", Map.of()),
                new Create("tasks", values("name", "three")));
        BatchResult on = writes.pipeline().batch(new Batch(mutations, false, true, true), writes.session());
        assertThat(on.outcomes()).extracting(outcome -> outcome.getClass().getSimpleName()).containsExactly("Done",
                "Refused", "Done");
        assertThat(((Outcome.Done) on.outcomes().getFirst()).record().toString()).contains("\"name\":\"one\"");
        BatchResult stop = writes.pipeline().batch(new Batch(mutations, false, false, false), writes.session());
        assertThat(stop.outcomes()).extracting(outcome -> outcome.getClass().getSimpleName()).containsExactly("Done",
                "Refused", "Skipped");
    }

    @Test
    void knowsTheIdsThatEarlierOperationsMake() {
        BatchResult result = writes.atomic(List.of(new Create("projects", values("name", "Ref")),
                new Create("tasks", values("name", "a", "project", new OperationRef(0))),
                new Create("tasks",
                        values("name", "b", "project", new OperationRef(0), "before", new OperationRef(1)))));
        List<UUID> ids = result.outcomes().stream().map(outcome -> ((Outcome.Done) outcome).id()).toList();
        assertThat(writes.row("tasks", ids.get(2))).containsEntry("project", ids.get(0).toString())
                .containsEntry("before", ids.get(1).toString());
        assertThat(writes.row("projects", ids.getFirst())).containsEntry("tasks", 2);
        BatchResult wrong = writes
                .atomic(List.of(new Create("tasks", values("name", "a", "project", new OperationRef(1))),
                        new Create("projects", values("name", "late"))));
        assertThat(((Outcome.Refused) wrong.outcomes().getFirst()).reason().fields()).extracting(FieldError::code)
                .containsExactly("invalid_reference");
    }

    @Test
    void changesAndDeletesMany() {
        var project = writes.create("projects", values("name", "Bulk")).id();
        var mutations = new ArrayList<Mutation>();
        for (int i = 0; i < 20; i++) {
            mutations.add(new Create("tasks", values("name", "m" + i, "project", project.toString())));
        }
        List<UUID> ids = writes.atomic(mutations).outcomes().stream().map(outcome -> ((Outcome.Done) outcome).id())
                .toList();
        var updates = new ArrayList<Mutation>();
        for (int i = 0; i < ids.size(); i++) {
            updates.add(new Update("tasks", ids.get(i), values("hours", i, i % 2 == 0 ? "done" : "name",
                    i % 2 == 0 ? (Object) true : "renamed"), new Expected.Version(1)));
        }
        assertThat(writes.atomic(updates).succeeded()).isEqualTo(20);
        assertThat(writes.number("select sum(hours)::bigint from data.tasks where project = '" + project + "'"))
                .isEqualTo(190);
        BatchResult stale = writes.atomic(updates);
        assertThat(stale.outcomes().getFirst()).isInstanceOf(Outcome.Refused.class);
        List<Mutation> deletes = ids.stream().<Mutation>map(id -> new Delete("tasks", id, null)).toList();
        assertThat(writes.atomic(deletes).succeeded()).isEqualTo(20);
        assertThat(writes.row("projects", project)).containsEntry("tasks", 0);
        BatchResult gone = writes.atomic(deletes.subList(0, 1));
        assertThat(((Outcome.Refused) gone.outcomes().getFirst()).reason().code())
                .isEqualTo(RuntimeError.RECORD_NOT_FOUND);
    }

    @Test
    void updatesTheSameRecordsFromManySidesWithoutLosingAny() throws Exception {
        var ids = new ArrayList<UUID>();
        for (int i = 0; i < 10; i++) {
            ids.add(writes.create("projects", values("name", "p" + i)).id());
        }
        var tasks = new ArrayList<Callable<?>>();
        for (int i = 0; i < 8; i++) {
            String name = "side " + i;
            List<UUID> order = i % 2 == 0 ? ids : ids.reversed();
            tasks.add(() -> writes.atomic(order.stream()
                    .<Mutation>map(id -> new Update("projects", id, values("name", name), null)).toList()).succeeded());
        }
        assertThat(TestingWrites.together(tasks)).allMatch(Long.valueOf(10)::equals);
        assertThat(writes.row("projects", ids.getFirst())).containsEntry("version", 9);
    }

    @Test
    void insertsOrUpdatesByWhatMatches() {
        UUID made = done(new Upsert("projects", new Match.ExternalId("E-1"), values("name", "First"))).id();
        Outcome.Done again = done(new Upsert("projects", new Match.ExternalId("E-1"), values("name", "Second")));
        assertThat(again.id()).isEqualTo(made);
        assertThat(again.created()).isFalse();
        assertThat(writes.row("projects", made)).containsEntry("name", "Second").containsEntry("external", "E-1");
        assertThat(
                done(new Upsert("projects", new Match.Fields(List.of("name")), values("name", "Second", "code", "S")))
                        .id())
                .isEqualTo(made);
        UUID own = UUID.randomUUID();
        assertThat(done(new Upsert("projects", new Match.Id(own), values("name", "Mine"))).id()).isEqualTo(own);
        assertThat(done(new Upsert("projects", new Match.Id(own), values("name", "Still mine"))).created()).isFalse();
        writes.create("projects", values("name", "Twin"));
        writes.create("projects", values("name", "Twin"));
        PlatformException ambiguous = ((Outcome.Refused) writes
                .atomic(List.of(new Upsert("projects", new Match.Fields(List.of("name")), values("name", "Twin"))))
                .outcomes().getFirst()).reason();
        assertThat(ambiguous.code()).isEqualTo(RuntimeError.VALIDATION_FAILED);
        assertThat(ambiguous.fields()).extracting(FieldError::code).containsExactly("several_matches");
    }

    @Test
    void makesOneRecordOfManyUpsertsAtOnce() throws Exception {
        var tasks = new ArrayList<Callable<?>>();
        for (int i = 0; i < 20; i++) {
            String name = "n" + i;
            tasks.add(() -> done(new Upsert("projects", new Match.ExternalId("RACE"), values("name", name))).created());
        }
        List<Object> results = TestingWrites.together(tasks);
        assertThat(results).filteredOn(Boolean.TRUE::equals).hasSize(1);
        assertThat(results).filteredOn(Boolean.FALSE::equals).hasSize(19);
    }

    private static Outcome.Done done(Mutation mutation) {
        Outcome outcome = writes.atomic(List.of(mutation)).outcomes().getFirst();
        if (outcome instanceof Outcome.Refused(UUID _, PlatformException reason)) {
            throw reason;
        }
        return (Outcome.Done) outcome;
    }

    @Test
    void matchesManyUpsertsTogether() {
        writes.create("projects", values("name", "Old", "external", "bulk-3"));
        var mutations = new ArrayList<Mutation>();
        for (int i = 0; i < 300; i++) {
            mutations.add(new Upsert("projects", new Mutation.Match.Fields(List.of("external")),
                    values("external", "bulk-" + i, "name", "New " + i)));
        }
        mutations.add(new Upsert("projects", new Mutation.Match.Fields(List.of("external")),
                values("external", "bulk-7", "name", "Again")));
        long before = writes.statements();
        BatchResult result = writes.atomic(mutations);
        assertThat(writes.statements() - before).isLessThan(20);
        assertThat(result.outcomes().stream().filter(outcome -> ((Outcome.Done) outcome).created())).hasSize(299);
        assertThat(writes.all("select name from data.projects where external in ('bulk-3', 'bulk-7') order by 1"))
                .containsExactly("Again", "New 3");
        assertThat(((Outcome.Done) result.outcomes().get(7)).id())
                .isEqualTo(((Outcome.Done) result.outcomes().get(300)).id());
    }

    @Test
    void leavesBlanksToDefaultsInNewRecordsAndEmptiesThemInOthers() {
        UUID old = writes.create("tasks", values("name", "blank", "hours", 4, "done", true)).id();
        List<Mutation> mutations = List.of(
                new Upsert("tasks", new Mutation.Match.Id(old), values(), Set.of("hours", "done"), true),
                new Upsert("tasks", new Mutation.Match.Id(UUID.randomUUID()), values("name", "fresh"),
                        Set.of("hours", "done"), true),
                new Upsert("tasks", new Mutation.Match.Id(UUID.randomUUID()), values("name", "none"), Set.of(), false));
        BatchResult result = writes.pipeline().batch(new Batch(mutations, false, true, false), writes.session());
        assertThat(writes.row("tasks", old)).containsEntry("hours", null).containsEntry("done", null);
        assertThat(writes.row("tasks", ((Outcome.Done) result.outcomes().get(1)).id())).containsEntry("done", false);
        assertThat(((Outcome.Refused) result.outcomes().get(2)).reason().code())
                .isEqualTo(RuntimeError.RECORD_NOT_FOUND);
    }

    @Test
    void findsTheFewThatAreRefusedAmongManyInFewStatements() {
        var mutations = new ArrayList<Mutation>();
        for (int i = 0; i < 500; i++) {
            mutations.add(new Create("projects", values("name", i == 100 ? null : "Part " + i, "code",
                    i == 411 ? "part-3" : "part-" + i)));
        }
        long before = writes.statements();
        BatchResult result = writes.pipeline().batch(new Batch(mutations, false, true, false), writes.session());
        assertThat(writes.statements() - before).isLessThan(60);
        assertThat(result.succeeded()).isEqualTo(498);
        assertThat(((Outcome.Refused) result.outcomes().get(100)).reason().fields()).extracting(FieldError::field)
                .containsExactly("name");
        assertThat(((Outcome.Refused) result.outcomes().get(411)).reason().code())
                .isEqualTo(RuntimeError.UNIQUE_VIOLATION);
        assertThat(writes.number("select count(*) from data.projects where code like 'part-%'")).isEqualTo(498);
    }

    @Test
    void keepsNothingOfATrialAndBurnsNoNumbers() {
        String next = numberOf(writes.create("projects", values("name", "Before")).id());
        var mutations = List.<Mutation>of(new Create("projects", values("name", "Trial", "code", "trial")),
                new Create("projects", values()), new Create("projects", values("name", "Twice", "code", "trial")),
                new Upsert("projects", new Mutation.Match.Fields(List.of("code")),
                        values("code", "trial", "name", "Changed")));
        for (boolean atomic : List.of(false, true)) {
            BatchResult result = writes.pipeline().batch(new Batch(mutations, atomic, !atomic, false, true),
                    writes.session());
            assertThat(result.outcomes()).extracting(outcome -> outcome.getClass().getSimpleName()).containsExactly(
                    atomic ? "RolledBack" : "Done", "Refused", atomic ? "RolledBack" : "Refused",
                    atomic ? "RolledBack" : "Done");
        }
        assertThat(writes.number("select count(*) from data.projects where code = 'trial'")).isZero();
        assertThat(writes.platform("select count(*) from platform.outbox where payload::text like '%Trial%'"))
                .containsExactly("0");
        String after = numberOf(writes.create("projects", values("name", "After")).id());
        assertThat(Integer.parseInt(after.substring(1))).isEqualTo(Integer.parseInt(next.substring(1)) + 1);
    }

    @Test
    void writesTheLedgerInTheTransactionOfTheChanges() {
        UUID old = writes.create("tasks", values("name", "ledger", "hours", 4)).id();
        var entries = new ArrayList<BatchLedger.Entry>();
        List<Mutation> mutations = List.of(new Create("tasks", values("name", "kept")), new Create("tasks", values()),
                new Update("tasks", old, values("hours", 5, "name", "ledger"), null));
        writes.pipeline().batch(new Batch(mutations, false, true, false), writes.session(),
                (_, some) -> entries.addAll(some));
        assertThat(entries).extracting(BatchLedger.Entry::index).containsExactly(0, 2);
        assertThat(entries).extracting(BatchLedger.Entry::created).containsExactly(true, false);
        assertThat(entries.get(1).before()).containsOnlyKeys("hours");
        assertThat(entries.get(1).version()).isEqualTo(2);
        BatchResult undone = writes.pipeline().batch(
                new Batch(List.of(new Create("tasks", values("name", "undone"))), false, true, false),
                writes.session(), (_, _) -> {
                    throw new PlatformException(RuntimeError.CONCURRENT_UPDATE, "no");
                });
        assertThat(undone.succeeded()).isZero();
        assertThat(writes.number("select count(*) from data.tasks where name = 'undone'")).isZero();
    }

    private static String numberOf(UUID project) {
        return String.valueOf(writes.row("projects", project).get("number"));
    }
}
