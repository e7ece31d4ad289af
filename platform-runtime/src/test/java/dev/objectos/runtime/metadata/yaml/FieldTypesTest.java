package dev.objectos.runtime.metadata.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.runtime.metadata.DefaultValue;
import dev.objectos.runtime.metadata.FieldAccess;
import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.metadata.FieldType;
import dev.objectos.runtime.metadata.FieldType.SummaryFunction;
import dev.objectos.runtime.metadata.OnDelete;
import dev.objectos.runtime.metadata.SelectOption;
import dev.objectos.runtime.metadata.TestingCatalogs;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldTypesTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            type: text                                  | Text[name=text, minLength=null, maxLength=null, pattern=null]
            {type: email, length: 80, minLength: 3}     | Text[name=email, minLength=3, maxLength=80, pattern=null]
            {type: text, validation: {pattern: a+}}     | Text[name=text, minLength=null, maxLength=null, pattern=a+]
            {type: text, validation: {format: url}}     | Text[name=url, minLength=null, maxLength=null, pattern=null]
            {type: text, multiple: true}                | Choices[name=text, options=[]]
            {type: email, multiple: true}               | Choices[name=email, options=[]]
            {type: password, min_length: 8}             | Password[minLength=8, maxLength=null]
            type: secret                                | Secret[]
            {type: number, scale: 0}                    | Decimal[name=number, precision=null, scale=0, min=null, max=null]
            {type: currency, precision: 18, scale: 2}   | Decimal[name=currency, precision=18, scale=2, min=null, max=null]
            {type: currency, precision: 2}              | Decimal[name=currency, precision=null, scale=2, min=null, max=null]
            {type: number, precision: 9}                | Decimal[name=number, precision=9, scale=null, min=null, max=null]
            {type: percent, min: 0, max: 0.5}           | Decimal[name=percent, precision=null, scale=null, min=0, max=0.5]
            {type: int, min: 1}                         | Whole[min=1, max=null]
            type: checkbox                              | Bool[name=boolean]
            type: toggle                                | Bool[name=toggle]
            type: date                                  | Date[]
            type: time                                  | Time[]
            type: datetime                              | Instant[]
            {options: [a]}                              | Choice[name=select, options=[SelectOption[value=a, label=A, descriptive={}]]]
            {type: select, multiple: true, options: [a]} | Choices[name=select, options=[SelectOption[value=a, label=A, descriptive={}]]]
            type: tags                                  | Choices[name=tags, options=[]]
            reference_to: users                         | Reference[name=lookup, target=user, onDelete=SET_NULL]
            {reference: user, required: true}           | Reference[name=lookup, target=user, onDelete=RESTRICT]
            {referenceTo: user, deleteBehavior: cascade} | Reference[name=lookup, target=user, onDelete=CASCADE]
            {type: masterDetail, reference_to: user}    | Reference[name=master_detail, target=user, onDelete=CASCADE]
            type: user                                  | Reference[name=user, target=user, onDelete=SET_NULL]
            type: tree                                  | Reference[name=tree, target=a, onDelete=SET_NULL]
            {reference_to: user, multiple: true}        | References[name=lookup, target=user]
            {type: image, max_size: 100}                | File[name=image, multiple=false, maxSize=100]
            {type: file, multiple: true}                | File[name=file, multiple=true, maxSize=null]
            type: location                              | Json[name=location, shape=[]]
            {type: vector, dimension: 3}                | Vector[dimension=3]
            type: autoNumber                            | AutoNumber[format={0000}]
            {type: autonumber, prefix: KS-}             | AutoNumber[format=KS-{0000}]
            {type: auto_number, prefix: KS-, digits: 6} | AutoNumber[format=KS-{000000}]
            {type: autonumber, format: 'I-{YYYY}-{000}'} | AutoNumber[format=I-{YYYY}-{000}]
            """)
    void readsEveryType(String yaml, String expected) {
        String attributes = yaml.startsWith("{") ? yaml : "{" + yaml + "}";
        assertThat(field(attributes).type()).hasToString(expected);
    }

    @Test
    void readsFormulas() {
        FieldType type = field("{type: formula, formula: \"${record.b + 'x'}\", dataType: text}").type();
        assertThat(type).isInstanceOfSatisfying(FieldType.Formula.class, formula -> {
            assertThat(formula.expression().text()).isEqualTo("record.b + 'x'");
            assertThat(formula.expression().where()).hasToString("document0001.object.yml:3:34");
            assertThat(formula.returnType()).isEqualTo("text");
        });
        assertThat(field("{type: formula, expression: \"{count} * 10\"}").type()).isInstanceOfSatisfying(
                FieldType.Formula.class, formula -> assertThat(formula.expression().text()).isEqualTo("{count} * 10"));
    }

    @Test
    void readsSummariesInEverySpelling() {
        String lines = """
                name: lines
                fields:
                  order: {type: lookup, reference_to: orders}
                  amount: {type: currency}
                  day: {type: date}
                """;
        for (String spelling : List.of(
                "{type: summary, summary: {object: lines, field: amount, function: sum, filter: \"record.amount > 0\"}}",
                "{type: rollup_summary, summary_object: lines, summary_field: amount, summary_type: sum,"
                        + " summary_filters: [{field: amount, operator: '>', value: 0}]}",
                "{type: summary, summaryOperations: {object: lines, field: amount, function: sum, where: record.amount > 0}}")) {
            var catalog = TestingCatalogs.of("name: orders\nfields:\n  x: " + spelling + "\n", lines);
            var type = (FieldType.Summary) catalog.object("orders").orElseThrow().field("x").orElseThrow().type();
            assertThat(type.object()).isEqualTo("lines");
            assertThat(type.reference()).isEqualTo("order");
            assertThat(type.function()).isEqualTo(SummaryFunction.SUM);
            assertThat(type.field()).isEqualTo("amount");
            assertThat(type.filter()).extracting("text").asString().isIn("record.amount > 0", "(record.amount > 0)");
            assertThat(type.returnType()).isEqualTo("number");
        }
        var dates = TestingCatalogs.of("name: orders\nfields:\n  x: {type: summary, summary_object: lines,"
                + " summary_field: day, summary_type: max}\n  n: {type: summary, summary_object: lines,"
                + " summary_type: count}\n", lines).object("orders").orElseThrow();
        assertThat(((FieldType.Summary) dates.field("x").orElseThrow().type()).returnType()).isEqualTo("date");
        var above = TestingCatalogs
                .of("name: years\nfields:\n  latest: {type: summary, summary: {object: orders, field: x,"
                        + " function: max}}\n",
                        "name: orders\nfields:\n  year: {type: lookup, reference_to: years}\n  x: {type:"
                                + " summary, summary_object: lines, summary_field: day, summary_type: max}\n",
                        lines)
                .object("years")
                .orElseThrow();
        assertThat(((FieldType.Summary) above.field("latest").orElseThrow().type()).returnType()).isEqualTo("date");
        assertThat(((FieldType.Summary) dates.field("n").orElseThrow().type()).returnType()).isEqualTo("integer");
    }

    @Test
    void readsOptionsInEverySpelling() {
        assertThat(field("{type: select, options: [{value: 1, label: One, color: red}, true, in_work]}").type())
                .isEqualTo(new FieldType.Choice("select",
                        List.of(new SelectOption("1", "One", Map.of("color", "red")),
                                new SelectOption("true", "True", Map.of()),
                                new SelectOption("in_work", "In work", Map.of()))));
        assertThat(field("{type: select, options: {a: Alpha, b: {label: Beta}}}").type()).isEqualTo(
                new FieldType.Choice("select", List.of(new SelectOption("a", "Alpha", Map.of()),
                        new SelectOption("b", "Beta", Map.of()))));
        assertThat(field("{type: select, options: [{value: a, label: A, default: true}, b]}").defaultValue())
                .isEqualTo(new DefaultValue.Literal("a"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {type: text, default: x}                         | Literal[value=x]
            {type: text, defaultValue: now}                  | Literal[value=now]
            {type: number, default: 2.50}                    | Literal[value=2.50]
            {type: integer, default: 2}                      | Literal[value=2]
            {type: boolean, default: false}                  | Literal[value=false]
            {type: select, options: [1, 2], default: 2}      | Literal[value=2]
            {type: multiselect, options: [a, b], default: [b]} | Literal[value=[b]]
            {type: multiselect, options: [a, b], default: b} | Literal[value=[b]]
            {type: date, default: 2026-01-31}                | Literal[value=2026-01-31]
            {type: json, default: {a: [1]}}                  | Literal[value={a=[1]}]
            {type: datetime, default: "${now}"}              | now
            {type: datetime, default: $now}                  | now
            {type: datetime, default: now()}                 | now
            {type: date, default: now}                       | today
            {type: date, default: $today}                    | today
            {type: date, default: "{today}"}                 | today
            {type: user, default: $currentUser.id}           | currentUser.id
            {type: user, default: $current_user.id}          | currentUser.id
            {type: user, default: "{userId}"}                | currentUser.id
            {type: text, default: "${record.b + '!'}"}       | record.b + '!'
            """)
    void readsDefaults(String yaml, String expected) {
        DefaultValue value = field(yaml).defaultValue();
        assertThat(value instanceof DefaultValue.Computed(var expression) ? expression.text() : String.valueOf(value))
                .isEqualTo(expected);
    }

    @Test
    void keepsDecimalsOfDefaultsExactly() {
        assertThat(field("{type: number, default: 0.10}").defaultValue())
                .isEqualTo(new DefaultValue.Literal(new BigDecimal("0.10")));
    }

    @Test
    void readsTheOtherAttributes() {
        FieldDefinition field = field(
                "{type: text, id: old_name, label: X, description: D, helpText: H, required: true,"
                        + " unique: true, readonly: true, hidden: true, searchable: true, index: true, externalId: true,"
                        + " trackHistory: true, visible_to: hr, permissions: {editable_by: [admin]}, requiredWhen: record.b == 'x',"
                        + " mask: '***', rows: 3, ai_context: {intent: i}}");
        assertThat(field.id()).isEqualTo("old_name");
        assertThat(field.label()).isEqualTo("X");
        assertThat(field.description()).isEqualTo("D");
        assertThat(field.helpText()).isEqualTo("H");
        assertThat(List.of(field.required(), field.unique(), field.readonly(), field.hidden(), field.searchable(),
                field.indexed(), field.externalId(), field.trackHistory())).containsOnly(true);
        assertThat(field.access()).isEqualTo(new FieldAccess(List.of("hr"), List.of("admin"), false));
        assertThat(field.rules().requiredWhen()).extracting("text").isEqualTo("record.b == 'x'");
        assertThat(field.descriptive()).containsOnlyKeys("mask", "rows", "ai_context");
        assertThat(field("{type: text}").label()).isEqualTo("X");
    }

    @Test
    void readsTheShapeOfAComposite() {
        assertThat(field("{type: composite, fields: {street: {type: text, required: true}, zip: {type: text}}}").type())
                .isInstanceOfSatisfying(FieldType.Json.class, json -> assertThat(json.shape())
                        .extracting(FieldDefinition::name).containsExactly("street", "zip"));
    }

    @Test
    void impliesThatAMasterIsRequired() {
        assertThat(field("{type: master_detail, reference_to: user}").required()).isTrue();
        assertThat(field("{type: master_detail, reference_to: user, on_delete: restrict}").type())
                .isEqualTo(new FieldType.Reference("master_detail", "user", OnDelete.RESTRICT));
    }

    private static FieldDefinition field(String attributes) {
        return TestingCatalogs.of("name: a\nfields:\n  x: " + attributes + "\n  b: {type: text}\n").object("a")
                .orElseThrow().field("x").orElseThrow();
    }
}
