package dev.objectos.runtime.pipeline;

import static dev.objectos.runtime.pipeline.TestingWrites.refusal;
import static dev.objectos.runtime.pipeline.TestingWrites.values;
import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.metadata.BinFields;
import dev.objectos.runtime.metadata.TestingCatalogs;
import dev.objectos.runtime.query.Mutation;
import dev.objectos.runtime.query.Query;
import dev.objectos.runtime.query.RecordDocument;
import dev.objectos.runtime.schema.PublishOptions;
import dev.objectos.runtime.schema.SchemaPublisher;
import java.math.BigDecimal;
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

/** What comes back from the bin comes back as it was, with what belongs to it. */
class RestorationTest {

    private static TestingBin bin;

    @BeforeAll
    static void publish() {
        bin = TestingBin.fresh("restoration");
    }

    @AfterAll
    static void close() {
        bin.close();
    }

    @Test
    void bringsARecordBackAsItWas() {
        UUID id = bin.create("firms",
                values("name", "Whole", "code", "W1", "worth", new BigDecimal("12345678901234.10"),
                        "tags", List.of("b", "a"), "extra", Map.of("k", List.of(1, "x")), "since",
                        "2026-01-31T10:00:00Z",
                        "active", true));
        bin.writes().update("firms", id, values("name", "Whole!"));
        Map<String, @Nullable Object> before = bin.writes().row("firms", id);
        bin.writes().delete("firms", id);
        assertThat(bin.count("firms", id)).isZero();
        assertThat(bin.binned("firms", "name", "Whole!")).singleElement().satisfies(record -> {
            assertThat(record).containsEntry("id", id.toString()).containsEntry("upper", "WHOLE!")
                    .containsEntry("number", before.get("number")).containsEntry("tags", List.of("b", "a"))
                    .containsEntry("extra", Map.of("k", List.of(1, "x"))).containsEntry("version", 2)
                    .containsEntry(BinFields.DELETED_BY,
                            Objects.requireNonNull(bin.writes().session().userId()).toString())
                    .containsEntry("since", "2026-01-31T10:00:00Z");
            assertThat(record.get(BinFields.DELETED_AT)).asString().endsWith("Z");
            assertThat(record.get("worth")).hasToString("12345678901234.10");
        });

        RecordDocument restored = bin.restore("firms", id);
        assertThat(restored.version()).isEqualTo(3);
        assertThat(TestingWrites.parse(restored)).containsEntry("upper", "WHOLE!").doesNotContainKey("deleted_at");
        Map<String, @Nullable Object> after = bin.writes().row("firms", id);
        assertThat(after.get("version")).isEqualTo(3);
        assertThat(after.get("updated_at")).isNotEqualTo(before.get("updated_at"));
        before.keySet().removeAll(List.of("version", "updated_at"));
        assertThat(after).containsAllEntriesOf(before);
        assertThat(bin.binned("firms", "name", "Whole!")).isEmpty();
        assertThat(
                bin.writes().platform("select action from platform.outbox where record_id = '" + id + "' order by id"))
                .containsExactly("create", "update", "delete", "restore");
        assertThat(
                bin.writes()
                        .platform("select payload::text from platform.outbox where action = 'restore' and record_id = '"
                                + id + "'")
                        .getFirst())
                .contains("\"name\": {\"to\": \"Whole!\", \"from\": null}");
        assertThat(refusal(() -> bin.restore("firms", id)).code()).isEqualTo(RuntimeError.RECORD_NOT_FOUND);
    }

    @Test
    void bringsBackWhatWentWithARecordAndWhatReferredToIt() {
        UUID firm = bin.create("firms", values("name", "Tree"));
        UUID ann = bin.create("people", values("name", "Ann", "age", 40, "firm", firm.toString()));
        UUID bob = bin.create("people", values("name", "Bob", "age", 30, "firm", firm.toString()));
        UUID note = bin.create("notes", values("text", "about Ann", "person", ann.toString()));
        bin.writes().update("firms", firm, values("leader", ann.toString()));
        UUID visit = bin.create("visits", values("firm", firm.toString(), "guests", List.of(ann.toString(),
                bob.toString())));
        UUID moved = bin.create("visits", values("firm", firm.toString()));
        UUID other = bin.create("firms", values("name", "Elsewhere"));

        bin.writes().delete("firms", firm);
        assertThat(bin.count("people", ann) + bin.count("people", bob) + bin.count("notes", note)).isZero();
        assertThat(bin.writes().row("visits", visit)).containsEntry("firm", null).containsEntry("guests", List.of());
        bin.writes().update("visits", moved, values("firm", other.toString()));

        bin.restore("firms", firm);
        assertThat(bin.count("people", ann) + bin.count("people", bob) + bin.count("notes", note)).isEqualTo(3);
        assertThat(bin.writes().row("notes", note)).containsEntry("person", ann.toString());
        assertThat(bin.writes().row("firms", firm)).containsEntry("leader", ann.toString()).containsEntry("people", 2)
                .containsEntry("youngest", 30);
        assertThat(bin.writes().row("visits", visit)).containsEntry("firm", firm.toString());
        assertThat((List<?>) bin.writes().row("visits", visit).get("guests")).asInstanceOf(
                InstanceOfAssertFactories.LIST).containsExactlyInAnyOrder(ann.toString(),
                        bob.toString());
        assertThat(bin.writes().row("visits", moved)).containsEntry("firm", other.toString());
        assertThat(
                bin.writes().platform("select count(*) from platform.recycle_reference where target = '" + firm + "'"))
                .containsExactly("0");
    }

    @Test
    void remembersOfEachRecordTheReferencesThatItLosesAndNoOthers() {
        UUID firm = bin.create("firms", values("name", "Left"));
        UUID person = bin.create("people", values("name", "Host", "firm", firm.toString()));
        UUID ofFirm = bin.create("visits", values("firm", firm.toString()));
        UUID ofPerson = bin.create("visits", values("host", person.toString()));
        bin.writes().delete("firms", firm);
        assertThat(bin.writes().row("visits", ofFirm).get("firm")).isNull();
        assertThat(bin.writes().row("visits", ofPerson).get("host")).isNull();
        bin.writes().bin().restore("firms", firm, bin.writes().session());
        assertThat(bin.writes().row("visits", ofFirm)).containsEntry("firm", firm.toString()).containsEntry("host",
                null);
        assertThat(bin.writes().row("visits", ofPerson)).containsEntry("host", person.toString()).containsEntry("firm",
                null);
    }

    @Test
    void takesFieldsThatAreNamedLikePartsOfItsStatements() {
        var values = values("name", "n", "r", "1", "b", "2", "t", "3", "n", "4", "change", "5", "old", "6", "new", "7",
                "row", "8", "current", "9", "detail", "10", "input", "11", "excluded", "12", "doc", "13");
        UUID id = bin.create("odd", values);
        values.put("odd", id.toString());
        values.put("change", "changed");
        assertThat(
                TestingWrites.parse(bin.writes().update("odd", id, values("odd", id.toString(), "change", "changed"))))
                .containsAllEntriesOf(values);
        bin.writes().delete("odd", id);
        bin.writes().bin().restore("odd", id, bin.writes().session());
        assertThat(bin.writes().row("odd", id)).containsAllEntriesOf(values);
    }

    @Test
    void countsWhatComesAndGoes() {
        UUID firm = bin.create("firms", values("name", "Counted"));
        UUID old = bin.create("people", values("name", "Old", "age", 70, "firm", firm.toString()));
        UUID young = bin.create("people", values("name", "Young", "age", 7, "firm", firm.toString()));
        bin.writes().delete("people", young);
        assertThat(bin.writes().row("firms", firm)).containsEntry("people", 1).containsEntry("youngest", 70);
        bin.restore("people", young);
        assertThat(bin.writes().row("firms", firm)).containsEntry("people", 2).containsEntry("youngest", 7);
        bin.writes()
                .atomic(List.of(new Mutation.Delete("people", old, null), new Mutation.Delete("people", young, null)));
        bin.restore("people", old);
        assertThat(bin.writes().row("firms", firm)).containsEntry("people", 1).containsEntry("youngest", 70);
        assertThat(bin.count("people", young)).isZero();
    }

    @Test
    void emptiesReferencesToWhatHasGoneAndRefusesRequiredOnes() {
        UUID firm = bin.create("firms", values("name", "Gone"));
        UUID person = bin.create("people", values("name", "Stays", "firm", firm.toString()));
        bin.writes().delete("people", person);
        bin.writes().delete("firms", firm);
        assertThat(TestingWrites.parse(bin.restore("people", person))).containsEntry("firm", null);

        UUID deal = bin.create("deals", values("text", "d", "person", person.toString()));
        bin.writes().delete("deals", deal);
        bin.writes().delete("people", person);
        PlatformException refused = refusal(() -> bin.restore("deals", deal));
        assertThat(refused.code()).isEqualTo(RuntimeError.VALIDATION_FAILED);
        assertThat(refused.fields()).singleElement().satisfies(error -> {
            assertThat(error.field()).isEqualTo("person");
            assertThat(error.code()).isEqualTo("invalid_reference");
            assertThat(error.message()).contains("restore that Person first");
        });
        bin.restore("people", person);
        assertThat(TestingWrites.parse(bin.restore("deals", deal))).containsEntry("person", person.toString());
    }

    @Test
    void restoresOnceHoweverManyTry() throws InterruptedException {
        UUID firm = bin.create("firms", values("name", "Once"));
        bin.create("people", values("name", "Child", "firm", firm.toString()));
        bin.writes().delete("firms", firm);
        var tries = new ArrayList<Callable<?>>();
        for (int i = 0; i < 8; i++) {
            tries.add(() -> bin.restore("firms", firm));
        }
        List<Object> results = TestingWrites.together(tries);
        assertThat(results).filteredOn(RecordDocument.class::isInstance).hasSize(1);
        assertThat(results).filteredOn(PlatformException.class::isInstance).hasSize(7).allSatisfy(
                refused -> assertThat(((PlatformException) refused).code()).isEqualTo(RuntimeError.RECORD_NOT_FOUND));
        assertThat(bin.writes().row("firms", firm)).containsEntry("people", 1);
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
}
