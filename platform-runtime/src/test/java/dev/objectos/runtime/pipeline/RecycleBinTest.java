package dev.objectos.runtime.pipeline;

import static dev.objectos.runtime.pipeline.TestingWrites.refusal;
import static dev.objectos.runtime.pipeline.TestingWrites.values;
import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.runtime.FieldError;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.metadata.BinFields;
import dev.objectos.runtime.metadata.TestingCatalogs;
import dev.objectos.runtime.query.Mutation;
import dev.objectos.runtime.query.Operator;
import dev.objectos.runtime.query.Query;
import dev.objectos.runtime.query.RecordDocument;
import dev.objectos.runtime.query.TestingQuery;
import dev.objectos.runtime.schema.PublishOptions;
import dev.objectos.runtime.schema.SchemaPublisher;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.sql.WriteJson;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is deleted lies in the bin and nowhere else, and comes back as it was. */
class RecycleBinTest {

    private static final String[] OBJECTS = {"""
            name: firms
            label: Firm
            fields:
              name: {type: text, required: true, searchable: true}
              code: {type: text, unique: true}
              number: {type: autonumber, format: "F{000}"}
              worth: {type: currency, precision: 18, scale: 2}
              tags: {type: tags}
              extra: {type: json}
              since: {type: datetime}
              active: {type: boolean}
              upper: {type: formula, expression: "upper(record.name)", return_type: text}
              leader: {type: lookup, reference_to: people, on_delete: set_null}
              people: {type: summary, summary: {object: people, function: count}}
              youngest: {type: summary, summary: {object: people, field: age, function: min}}
            """, """
            name: people
            label: Person
            fields:
              name: {type: text, required: true}
              age: {type: integer}
              firm: {type: lookup, reference_to: firms, on_delete: cascade}
            """, """
            name: notes
            label: Note
            fields:
              text: {type: text}
              person: {type: master_detail, reference_to: people}
            """, """
            name: visits
            label: Visit
            fields:
              text: {type: text}
              firm: {type: lookup, reference_to: firms, on_delete: set_null}
              host: {type: lookup, reference_to: people, on_delete: set_null}
              guests: {type: lookup, reference_to: people, multiple: true}
            """, """
            name: deals
            label: Deal
            fields:
              text: {type: text}
              firm: {type: lookup, reference_to: firms, on_delete: restrict}
              person: {type: lookup, reference_to: people, on_delete: cascade, required: true}
            """, """
            name: odd
            fields:
              name: {type: text}
              r: {type: text}
              b: {type: text}
              t: {type: text}
              n: {type: text}
              change: {type: text}
              old: {type: text}
              new: {type: text}
              row: {type: text}
              current: {type: text}
              detail: {type: text}
              input: {type: text}
              excluded: {type: text}
              doc: {type: text}
              odd: {type: lookup, reference_to: odd}
            """, """
            name: logs
            label: Log
            enable: {trash: false}
            fields:
              text: {type: text}
            """};

    private static TestingWrites writes;

    @BeforeAll
    static void publish() {
        writes = TestingWrites.of("recycle_bin", OBJECTS);
    }

    @AfterAll
    static void close() {
        writes.close();
    }

    @Test
    void remembersOfEachRecordTheReferencesThatItLosesAndNoOthers() {
        UUID firm = create("firms", values("name", "Left"));
        UUID person = create("people", values("name", "Host", "firm", firm.toString()));
        UUID ofFirm = create("visits", values("firm", firm.toString()));
        UUID ofPerson = create("visits", values("host", person.toString()));
        writes.delete("firms", firm);
        assertThat(writes.row("visits", ofFirm).get("firm")).isNull();
        assertThat(writes.row("visits", ofPerson).get("host")).isNull();
        writes.bin().restore("firms", firm, writes.session());
        assertThat(writes.row("visits", ofFirm)).containsEntry("firm", firm.toString()).containsEntry("host", null);
        assertThat(writes.row("visits", ofPerson)).containsEntry("host", person.toString()).containsEntry("firm", null);
    }

    @Test
    void takesFieldsThatAreNamedLikePartsOfItsStatements() {
        var values = values("name", "n", "r", "1", "b", "2", "t", "3", "n", "4", "change", "5", "old", "6", "new", "7",
                "row", "8", "current", "9", "detail", "10", "input", "11", "excluded", "12", "doc", "13");
        UUID id = create("odd", values);
        values.put("odd", id.toString());
        values.put("change", "changed");
        assertThat(TestingWrites.parse(writes.update("odd", id, values("odd", id.toString(), "change", "changed"))))
                .containsAllEntriesOf(values);
        writes.delete("odd", id);
        writes.bin().restore("odd", id, writes.session());
        assertThat(writes.row("odd", id)).containsAllEntriesOf(values);
    }

    @Test
    void bringsARecordBackAsItWas() {
        UUID id = create("firms", values("name", "Whole", "code", "W1", "worth", new BigDecimal("12345678901234.10"),
                "tags", List.of("b", "a"), "extra", Map.of("k", List.of(1, "x")), "since", "2026-01-31T10:00:00Z",
                "active", true));
        writes.update("firms", id, values("name", "Whole!"));
        Map<String, @Nullable Object> before = writes.row("firms", id);
        writes.delete("firms", id);
        assertThat(count("firms", id)).isZero();
        assertThat(binned("firms", "name", "Whole!")).singleElement().satisfies(record -> {
            assertThat(record).containsEntry("id", id.toString()).containsEntry("upper", "WHOLE!")
                    .containsEntry("number", before.get("number")).containsEntry("tags", List.of("b", "a"))
                    .containsEntry("extra", Map.of("k", List.of(1, "x"))).containsEntry("version", 2)
                    .containsEntry(BinFields.DELETED_BY, Objects.requireNonNull(writes.session().userId()).toString())
                    .containsEntry("since", "2026-01-31T10:00:00Z");
            assertThat(record.get(BinFields.DELETED_AT)).asString().endsWith("Z");
            assertThat(record.get("worth")).hasToString("12345678901234.10");
        });

        RecordDocument restored = restore("firms", id);
        assertThat(restored.version()).isEqualTo(3);
        assertThat(TestingWrites.parse(restored)).containsEntry("upper", "WHOLE!").doesNotContainKey("deleted_at");
        Map<String, @Nullable Object> after = writes.row("firms", id);
        assertThat(after.get("version")).isEqualTo(3);
        assertThat(after.get("updated_at")).isNotEqualTo(before.get("updated_at"));
        before.keySet().removeAll(List.of("version", "updated_at"));
        assertThat(after).containsAllEntriesOf(before);
        assertThat(binned("firms", "name", "Whole!")).isEmpty();
        assertThat(writes.platform("select action from platform.outbox where record_id = '" + id + "' order by id"))
                .containsExactly("create", "update", "delete", "restore");
        assertThat(
                writes.platform("select payload::text from platform.outbox where action = 'restore' and record_id = '"
                        + id + "'").getFirst())
                .contains("\"name\": {\"to\": \"Whole!\", \"from\": null}");
        assertThat(refusal(() -> restore("firms", id)).code()).isEqualTo(RuntimeError.RECORD_NOT_FOUND);
    }

    @Test
    void bringsBackWhatWentWithARecordAndWhatReferredToIt() {
        UUID firm = create("firms", values("name", "Tree"));
        UUID ann = create("people", values("name", "Ann", "age", 40, "firm", firm.toString()));
        UUID bob = create("people", values("name", "Bob", "age", 30, "firm", firm.toString()));
        UUID note = create("notes", values("text", "about Ann", "person", ann.toString()));
        writes.update("firms", firm, values("leader", ann.toString()));
        UUID visit = create("visits", values("firm", firm.toString(), "guests", List.of(ann.toString(),
                bob.toString())));
        UUID moved = create("visits", values("firm", firm.toString()));
        UUID other = create("firms", values("name", "Elsewhere"));

        writes.delete("firms", firm);
        assertThat(count("people", ann) + count("people", bob) + count("notes", note)).isZero();
        assertThat(writes.row("visits", visit)).containsEntry("firm", null).containsEntry("guests", List.of());
        writes.update("visits", moved, values("firm", other.toString()));

        restore("firms", firm);
        assertThat(count("people", ann) + count("people", bob) + count("notes", note)).isEqualTo(3);
        assertThat(writes.row("notes", note)).containsEntry("person", ann.toString());
        assertThat(writes.row("firms", firm)).containsEntry("leader", ann.toString()).containsEntry("people", 2)
                .containsEntry("youngest", 30);
        assertThat(writes.row("visits", visit)).containsEntry("firm", firm.toString());
        assertThat((List<?>) writes.row("visits", visit).get("guests")).asInstanceOf(
                InstanceOfAssertFactories.LIST).containsExactlyInAnyOrder(ann.toString(),
                        bob.toString());
        assertThat(writes.row("visits", moved)).containsEntry("firm", other.toString());
        assertThat(writes.platform("select count(*) from platform.recycle_reference where target = '" + firm + "'"))
                .containsExactly("0");
    }

    @Test
    void countsWhatComesAndGoes() {
        UUID firm = create("firms", values("name", "Counted"));
        UUID old = create("people", values("name", "Old", "age", 70, "firm", firm.toString()));
        UUID young = create("people", values("name", "Young", "age", 7, "firm", firm.toString()));
        writes.delete("people", young);
        assertThat(writes.row("firms", firm)).containsEntry("people", 1).containsEntry("youngest", 70);
        restore("people", young);
        assertThat(writes.row("firms", firm)).containsEntry("people", 2).containsEntry("youngest", 7);
        writes.atomic(List.of(new Mutation.Delete("people", old, null), new Mutation.Delete("people", young, null)));
        restore("people", old);
        assertThat(writes.row("firms", firm)).containsEntry("people", 1).containsEntry("youngest", 70);
        assertThat(count("people", young)).isZero();
    }

    @Test
    void freesUniqueValuesAndRefusesATakenOne() {
        UUID first = create("firms", values("name", "First", "code", "U1"));
        writes.delete("firms", first);
        UUID second = create("firms", values("name", "Second", "code", "U1"));
        PlatformException taken = refusal(() -> restore("firms", first));
        assertThat(taken.code()).isEqualTo(RuntimeError.UNIQUE_VIOLATION);
        assertThat(taken.fields()).extracting(FieldError::field).containsExactly("code");
        assertThat(binned("firms", "name", "First")).hasSize(1);
        writes.delete("firms", second);
        restore("firms", first);
        assertThat(count("firms", first)).isOne();
    }

    @Test
    void emptiesReferencesToWhatHasGoneAndRefusesRequiredOnes() {
        UUID firm = create("firms", values("name", "Gone"));
        UUID person = create("people", values("name", "Stays", "firm", firm.toString()));
        writes.delete("people", person);
        writes.delete("firms", firm);
        assertThat(TestingWrites.parse(restore("people", person))).containsEntry("firm", null);

        UUID deal = create("deals", values("text", "d", "person", person.toString()));
        writes.delete("deals", deal);
        writes.delete("people", person);
        PlatformException refused = refusal(() -> restore("deals", deal));
        assertThat(refused.code()).isEqualTo(RuntimeError.VALIDATION_FAILED);
        assertThat(refused.fields()).singleElement().satisfies(error -> {
            assertThat(error.field()).isEqualTo("person");
            assertThat(error.code()).isEqualTo("invalid_reference");
            assertThat(error.message()).contains("restore that Person first");
        });
        restore("people", person);
        assertThat(TestingWrites.parse(restore("deals", deal))).containsEntry("person", person.toString());
    }

    @Test
    void restrictsAsWithoutABin() {
        UUID firm = create("firms", values("name", "Kept"));
        UUID person = create("people", values("name", "P"));
        UUID deal = create("deals", values("firm", firm.toString(), "person", person.toString()));
        assertThat(refusal(() -> writes.delete("firms", firm)).code()).isEqualTo(RuntimeError.DELETE_RESTRICTED);
        writes.delete("deals", deal);
        writes.delete("firms", firm);
        assertThat(TestingWrites.parse(restore("deals", deal))).containsEntry("firm", null);
    }

    @Test
    void listsFiltersSearchesAndOrdersLikeAnyList() {
        for (String name : List.of("Zeta bin", "Alpha bin", "Midway bin")) {
            writes.delete("firms", create("firms", values("name", name)));
        }
        create("firms", values("name", "Living bin"));
        Query query = TestingQuery.of("firms").fields("name", "deleted_by.name")
                .where(TestingQuery.compare("name", Operator.ENDS_WITH, " bin")).sort("-deleted_at").limit(2)
                .search("bin").count().build();
        Map<?, ?> page = (Map<?, ?>) Objects.requireNonNull(
                WriteJson.parse(writes.bin().query(query, writes.session()).toString()));
        assertThat(page.get("total")).isEqualTo(3);
        assertThat(page.get("hasMore")).isEqualTo(true);
        assertThat((List<?>) page.get("records")).extracting(record -> ((Map<?, ?>) record).get("name"))
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .containsExactly("Midway bin", "Alpha bin");
        assertThat(page.toString()).contains("deleted_by={id=").contains("name=Ada");
    }

    @Test
    void keepsTenantsApart() {
        Session other = writes.session(TestingWrites.OTHER_TENANT);
        UUID id = create("firms", values("name", "Ours"));
        writes.delete("firms", id);
        assertThat(writes.bin().query(Query.of("firms"), other).toString()).doesNotContain("Ours");
        assertThat(refusal(() -> writes.bin().restore("firms", id, other)).code())
                .isEqualTo(RuntimeError.RECORD_NOT_FOUND);
        assertThat(refusal(() -> writes.bin().purge("firms", id, other)).code())
                .isEqualTo(RuntimeError.RECORD_NOT_FOUND);
    }

    @Test
    void removesForGoodWhatIsPurgedAndWhatIsOld() {
        UUID firm = create("firms", values("name", "Purged"));
        UUID person = create("people", values("name", "With it", "firm", firm.toString()));
        writes.delete("firms", firm);
        writes.bin().purge("firms", firm, writes.session());
        assertThat(refusal(() -> restore("people", person)).code()).isEqualTo(RuntimeError.RECORD_NOT_FOUND);
        assertThat(refusal(() -> writes.bin().purge("firms", firm, writes.session())).code())
                .isEqualTo(RuntimeError.RECORD_NOT_FOUND);

        UUID old = create("firms", values("name", "Old"));
        UUID recent = create("firms", values("name", "Recent"));
        writes.delete("firms", old);
        writes.delete("firms", recent);
        writes.platform("update platform.recycle_bin set deleted_at = now() - interval '31 days' where record_id = '"
                + old + "' returning 1");
        new BinKeeper(writes.databases().worker(), new RecycleBinProperties(Duration.ofDays(30), Duration.ofHours(1)))
                .purge();
        assertThat(binned("firms", "name", "Old")).isEmpty();
        assertThat(binned("firms", "name", "Recent")).hasSize(1);
        assertThat(refusal(() -> writes.bin().empty("firms", writes.session())).code())
                .isEqualTo(RuntimeError.PERMISSION_DENIED);
    }

    @Test
    void hasNoBinWhereItIsSwitchedOff() {
        UUID log = create("logs", values("text", "x"));
        writes.delete("logs", log);
        assertThat(writes.platform("select count(*) from platform.recycle_bin where record_id = '" + log + "'"))
                .containsExactly("0");
        assertThat(refusal(() -> restore("logs", log)).code()).isEqualTo(RuntimeError.RESOURCE_NOT_FOUND);
        assertThat(refusal(() -> writes.bin().query(Query.of("logs"), writes.session())).code())
                .isEqualTo(RuntimeError.RESOURCE_NOT_FOUND);
    }

    @Test
    void restoresOnceHoweverManyTry() throws InterruptedException {
        UUID firm = create("firms", values("name", "Once"));
        create("people", values("name", "Child", "firm", firm.toString()));
        writes.delete("firms", firm);
        var tries = new ArrayList<Callable<?>>();
        for (int i = 0; i < 8; i++) {
            tries.add(() -> restore("firms", firm));
        }
        List<Object> results = TestingWrites.together(tries);
        assertThat(results).filteredOn(RecordDocument.class::isInstance).hasSize(1);
        assertThat(results).filteredOn(PlatformException.class::isInstance).hasSize(7).allSatisfy(
                refused -> assertThat(((PlatformException) refused).code()).isEqualTo(RuntimeError.RECORD_NOT_FOUND));
        assertThat(writes.row("firms", firm)).containsEntry("people", 1);
    }

    @Test
    void bringsBackWhatItCanWhereTheObjectHasChanged() {
        try (TestingWrites changing = TestingWrites.of("recycle_bin_changes", """
                name: items
                label: Item
                fields:
                  name: {type: text, required: true}
                  size: {type: text}
                  colour: {type: text}
                  labels: {type: text}
                """)) {
            UUID fits = changing.create("items",
                    values("name", "fits", "size", "12", "colour", "red", "labels", "one")).id();
            UUID loses = changing.create("items", values("name", "loses", "size", "large")).id();
            changing.delete("items", fits);
            changing.delete("items", loses);
            republish(changing, """
                    name: items
                    label: Item
                    fields:
                      name: {type: text, required: true}
                      size: {type: integer}
                      labels: {type: tags}
                      state: {type: select, options: [new, old], default: new, required: true}
                    """);
            assertThat(changing.bin().query(Query.of("items"), changing.session()).toString()).contains("\"size\":12")
                    .contains("\"size\":null").doesNotContain("colour");
            assertThat(TestingWrites.parse(changing.bin().restore("items", fits, changing.session())))
                    .containsEntry("size", 12).containsEntry("labels", List.of("one")).containsEntry("state", "new");
            assertThat(TestingWrites.parse(changing.bin().restore("items", loses, changing.session())))
                    .containsEntry("size", null).containsEntry("state", "new");
            changing.delete("items", loses);
            changing.delete("items", fits);
            republish(changing, """
                    name: items
                    label: Item
                    fields:
                      name: {type: text, required: true}
                      owner_code: {type: text, required: true}
                    """);
            PlatformException refused = refusal(() -> changing.bin().restore("items", fits, changing.session()));
            assertThat(refused.code()).isEqualTo(RuntimeError.VALIDATION_FAILED);
            assertThat(refused.fields()).singleElement()
                    .satisfies(error -> assertThat(error.field()).isEqualTo("owner_code"));
        }
    }

    private static void republish(TestingWrites changing, String yaml) {
        var catalog = TestingCatalogs.of(yaml);
        var schema = new SchemaPublisher(changing.databases());
        schema.publish(catalog, PublishOptions.FROM_FILES);
        changing.catalogs().publish(schema.placed(catalog));
    }

    private static UUID create(String object, Map<String, @Nullable Object> values) {
        return writes.create(object, values).id();
    }

    private static RecordDocument restore(String object, UUID id) {
        return writes.bin().restore(object, id, writes.session());
    }

    private static long count(String object, UUID id) {
        return writes.number("select count(*) from data." + object + " where id = '" + id + "'");
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> binned(String object, String field, String value) {
        Query query = TestingQuery.of(object).where(TestingQuery.compare(field, Operator.EQ, value)).build();
        var page = (Map<String, Object>) Objects.requireNonNull(
                WriteJson.parse(writes.bin().query(query, writes.session()).toString()));
        return (List<Map<String, Object>>) Objects.requireNonNull(page.get("records"));
    }
}
