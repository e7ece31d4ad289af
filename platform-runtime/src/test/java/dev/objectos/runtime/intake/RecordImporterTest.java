package dev.objectos.runtime.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.objectos.runtime.FieldError;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.event.ChangeAction;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.pipeline.FilteredRecords;
import dev.objectos.runtime.pipeline.GatheredRights;
import dev.objectos.runtime.pipeline.ReadPipeline;
import dev.objectos.runtime.pipeline.RecordPipeline;
import dev.objectos.runtime.pipeline.TestingWrites;
import dev.objectos.runtime.plan.ChangeRights;
import dev.objectos.runtime.plan.FieldViews;
import dev.objectos.runtime.plan.ReadPlanner;
import dev.objectos.runtime.query.ImportOrder;
import dev.objectos.runtime.query.ImportOrder.Source;
import dev.objectos.runtime.query.ImportOrder.WriteMode;
import dev.objectos.runtime.query.ImportOutcome;
import dev.objectos.runtime.query.ImportOutcome.Action;
import dev.objectos.runtime.query.ImportReport;
import dev.objectos.runtime.query.ImportRow;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.RowFilter;
import dev.objectos.runtime.spi.WriteRights;
import dev.objectos.runtime.sql.QueryExecutor;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Imports for which their sender waits. */
class RecordImporterTest {

    private static final ImportOrder INSERT = order(WriteMode.INSERT, List.of(), false, false, false);
    private static final ImportOrder UPDATE = order(WriteMode.UPDATE, List.of(), false, false, false);
    private static final ImportOrder UPSERT = order(WriteMode.UPSERT, List.of(), false, false, false);

    private static TestingWrites writes;
    private static RecordImporter importer;

    @BeforeAll
    static void publish() {
        writes = TestingWrites.of("record_imports", """
                name: people
                fields:
                  name: {type: text, required: true}
                  code: {type: text, unique: true, external_id: true}
                  age: {type: integer}
                  boss: {type: lookup, reference_to: people}
                  friends: {type: lookup, reference_to: people, multiple: true}
                """);
        importer = importer(ChangeRights.OPEN);
    }

    private static RecordImporter importer(ChangeRights rights) {
        var app = new QueryExecutor(writes.databases().app(), new SimpleMeterRegistry());
        var reads = new ReadPipeline(writes.catalogs(), new ReadPlanner(List.of()), app, Clock.systemUTC());
        return new RecordImporter(writes.catalogs(), new RecordPipeline(reads, writes.pipeline()), writes.pipeline(),
                new GatheredRights(new FieldViews(List::of), rights,
                        new FilteredRecords(writes.catalogs(), app, Clock.systemUTC())),
                rights);
    }

    /** Nobody changes anything but in these ways. */
    private record Only(Set<ChangeAction> allowed) implements WriteRights {

        @Override
        public Object fingerprint(Session session, Catalog catalog) {
            return allowed;
        }

        @Override
        public void admit(ObjectDefinition object, ChangeAction action, Session session, Catalog catalog) {
            if (!allowed.contains(action)) {
                throw new PlatformException(RuntimeError.PERMISSION_DENIED, "No " + action);
            }
        }

        @Override
        public RowFilter rows(ObjectDefinition object, ChangeAction action, Session session, Catalog catalog) {
            return RowFilter.EVERYTHING;
        }

        @Override
        public Set<String> locked(ObjectDefinition object, ChangeAction action, Session session, Catalog catalog) {
            return Set.of();
        }
    }

    @AfterAll
    static void close() {
        writes.close();
    }

    private static ImportOrder order(WriteMode mode, List<String> match, boolean dryRun, boolean atomic,
            boolean skipBlank) {
        return new ImportOrder("people", Source.CSV, mode, match, Map.of(), dryRun, atomic, true, Set.of("NULL"),
                skipBlank);
    }

    /** @param lines the names of the columns, then the cells of each row, with commas between them */
    private static ImportReport run(ImportOrder order, String... lines) {
        List<String> columns = List.of(lines[0].split(","));
        var rows = new ArrayList<ImportRow>();
        for (int i = 1; i < lines.length; i++) {
            String[] cells = lines[i].split(",", -1);
            Object[] row = new Object[cells.length * 2];
            for (int j = 0; j < cells.length; j++) {
                row[2 * j] = columns.get(j);
                row[2 * j + 1] = cells[j];
            }
            rows.add(new ImportRow(i, TestingWrites.values(row)));
        }
        return importer.run(order, columns, rows, writes.session());
    }

    private static PlatformException refused(ImportOrder order, String... lines) {
        return TestingWrites.refusal(() -> run(order, lines));
    }

    private static String code() {
        return "c" + UUID.randomUUID();
    }

    private static @Nullable Object stored(String code, String column) {
        return writes.all("select " + column + " from data.people where code = '" + code + "'").stream().findFirst()
                .orElse(null);
    }

    @Test
    void writesTheRowsThatAreRightAndTellsOfTheOthers() {
        String code = code();
        ImportReport report = run(INSERT, "name,code,age,created_at", "Ada," + code + ",36,x", ",,,", "Bob,,old,x",
                "NULL," + code() + ",3,x");
        assertThat(report.ignored()).containsExactly("created_at");
        assertThat(report.outcomes()).extracting(ImportOutcome::row, ImportOutcome::action, ImportOutcome::ok)
                .containsExactly(tuple(1, Action.CREATED, true), tuple(2, Action.SKIPPED, true),
                        tuple(3, Action.FAILED, false), tuple(4, Action.FAILED, false));
        assertThat(report.outcomes().get(2).fields()).extracting(FieldError::field).containsExactly("age");
        assertThat(report.count(Action.FAILED)).isEqualTo(2);
        assertThat(stored(code, "age")).isEqualTo("36");
    }

    @Test
    void changesTheRecordsThatMatchAndMakesTheOthers() {
        String known = code();
        String fresh = code();
        UUID id = writes.create("people", Map.of("name", "Ada", "code", known, "age", 1)).id();
        ImportReport report = run(UPSERT, "code,name,age", known + ",Ada Two,", fresh + ",New,5");
        assertThat(report.outcomes()).extracting(ImportOutcome::action).containsExactly(Action.UPDATED,
                Action.CREATED);
        assertThat(report.outcomes().getFirst().id()).isEqualTo(id);
        assertThat(stored(known, "name")).isEqualTo("Ada Two");
        assertThat(run(UPDATE, "id,age", id + ",7", UUID.randomUUID() + ",8", "nobody,9", ",3").outcomes())
                .extracting(ImportOutcome::action, ImportOutcome::code)
                .containsExactly(tuple(Action.UPDATED, null), tuple(Action.SKIPPED, "RECORD_NOT_FOUND"),
                        tuple(Action.FAILED, "VALIDATION_FAILED"), tuple(Action.SKIPPED, "RECORD_NOT_FOUND"));
        assertThat(stored(known, "age")).isEqualTo("7");
    }

    @Test
    void leavesRowsOutThatHaveNothingToMatchByWhereThatIsWanted() {
        assertThat(run(order(WriteMode.UPSERT, List.of("code"), false, false, true), "code,name", ",Nobody")
                .outcomes()).extracting(ImportOutcome::action).containsExactly(Action.SKIPPED);
        assertThat(run(order(WriteMode.UPSERT, List.of("code"), false, false, false), "code,name", ",Somebody")
                .outcomes()).extracting(ImportOutcome::action).containsExactly(Action.CREATED);
    }

    @Test
    void writesAllRowsOrNone() {
        ImportOrder atomic = order(WriteMode.INSERT, List.of(), false, true, false);
        for (String wrong : List.of("Bob,,old", ",x,5")) {
            String code = code();
            ImportReport report = run(atomic, "name,code,age", "Ada," + code + ",3", wrong);
            assertThat(report.outcomes()).extracting(ImportOutcome::action, ImportOutcome::code).first()
                    .isEqualTo(tuple(Action.SKIPPED, "ROLLED_BACK"));
            assertThat(report.outcomes().getLast().action()).isEqualTo(Action.FAILED);
            assertThat(stored(code, "name")).isNull();
        }
        String code = code();
        assertThat(run(atomic, "name,code", "Ada," + code).outcomes().getFirst().action()).isEqualTo(Action.CREATED);
        assertThat(stored(code, "name")).isEqualTo("Ada");
    }

    @Test
    void triesWithoutKeepingAnything() {
        String code = code();
        ImportReport report = run(order(WriteMode.INSERT, List.of(), true, false, false), "name,code",
                "Ada," + code, ",x");
        assertThat(report.dryRun()).isTrue();
        assertThat(report.outcomes()).extracting(ImportOutcome::action).containsExactly(Action.CREATED,
                Action.FAILED);
        assertThat(report.outcomes().getFirst().id()).isNull();
        assertThat(stored(code, "name")).isNull();
    }

    @Test
    void findsRecordsOfRowsBeforeThoughTheirNamesLookLikeFormulas() {
        String mark = code();
        ImportReport report = run(INSERT, "name,code,boss", "'=Boss " + mark + "," + code() + ",",
                "''-" + mark + "," + code() + ",'=Boss " + mark, "Clerk," + mark + ",''-" + mark);
        assertThat(report.outcomes()).allMatch(ImportOutcome::ok);
        assertThat(stored(mark, "(select b.name from data.people b where b.id = people.boss)")).isEqualTo("'-" + mark);
    }

    @Test
    void findsRecordsByTheirNamesEvenThoseOfRowsBefore() {
        String boss = code();
        String second = code();
        String child = code();
        ImportReport report = run(INSERT, "name,code,boss,friends", "Chief," + boss + ",,",
                "Second," + second + "," + boss + ",", "Child," + child + ",," + boss + ";" + second, "Lost,,nobody,");
        assertThat(report.outcomes()).as(report.toString()).extracting(ImportOutcome::action)
                .containsExactly(Action.CREATED, Action.CREATED, Action.CREATED, Action.FAILED);
        assertThat(stored(second, "boss")).isEqualTo(String.valueOf(report.outcomes().getFirst().id()));
        assertThat(stored(child, "cardinality(friends)")).isEqualTo("2");
        assertThat(report.outcomes().getLast().fields()).extracting(FieldError::field, FieldError::code)
                .containsExactly(tuple("boss", "invalid_reference"));
    }

    @Test
    void refusesANameThatFitsSeveralRecords() {
        String twin = "Twin " + code();
        run(INSERT, "name", twin, twin);
        assertThat(run(INSERT, "name,boss", "Child," + twin).outcomes().getFirst().fields())
                .extracting(FieldError::field, FieldError::code)
                .containsExactly(tuple("boss", "ambiguous_reference"));
    }

    @Test
    void refusesWhatNoRowCouldBeImportedBy() {
        assertThat(refused(UPSERT, "name", "Ada").code()).isEqualTo(RuntimeError.INVALID_REQUEST);
        assertThat(refused(order(WriteMode.UPDATE, List.of("shoe"), false, false, false), "name", "Ada").code())
                .isEqualTo(RuntimeError.INVALID_FIELD);
        assertThat(refused(order(WriteMode.UPDATE, List.of("code"), false, false, false), "name", "Ada"))
                .hasMessageContaining("No column gives code");
        assertThat(refused(order(WriteMode.UPDATE, List.of("id", "name"), false, false, false), "id,name", "1,Ada"))
                .hasMessageContaining("finds a record by itself");
        List<ImportRow> many = Collections.nCopies(10_001, new ImportRow(1, Map.of("name", "Ada")));
        assertThat(TestingWrites.refusal(() -> importer.run(INSERT, List.of("name"), many, writes.session())).code())
                .isEqualTo(RuntimeError.PAYLOAD_TOO_LARGE);
    }

    @Test
    void tellsWhoeverMayImportNoRowSoAtOnce() {
        RecordImporter changing = importer(new ChangeRights(List.of(new Only(Set.of(ChangeAction.UPDATE)))));
        List<String> columns = List.of("code", "name");
        assertThat(TestingWrites.refusal(() -> changing.run(INSERT, columns, List.of(), writes.session())))
                .hasMessageContaining("No CREATE");
        assertThat(changing.run(UPDATE, columns, List.of(), writes.session()).outcomes()).isEmpty();
        assertThat(changing.run(UPSERT, columns, List.of(), writes.session()).writeMode())
                .isEqualTo(WriteMode.UPSERT);
        RecordImporter reading = importer(new ChangeRights(List.of(new Only(Set.of()))));
        assertThat(TestingWrites.refusal(() -> reading.run(UPSERT, columns, List.of(), writes.session())).code())
                .isEqualTo(RuntimeError.PERMISSION_DENIED);
    }
}
