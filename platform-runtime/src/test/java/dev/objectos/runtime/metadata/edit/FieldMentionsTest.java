package dev.objectos.runtime.metadata.edit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.TestingCatalogs;
import dev.objectos.runtime.spi.MetadataEditing.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Where objects name a field. */
class FieldMentionsTest {

    private static final Catalog CATALOG = TestingCatalogs.ofFiles(Map.of("firms.object.yml", """
            name_field: title
            fields:
              title: {type: text}
              city: {type: text}
              parent: {type: lookup, reference_to: firms}
              total: {type: summary, summary: {object: orders, reference: firm, field: amount, function: sum,
                filter: "record.state == 'paid'"}}
              shout: {type: formula, expression: "upper(record.title)", return_type: text}
              greeting: {type: text, default: "${record.city + '!'}"}
              note: {type: text, required_when: "record.city == 'Rome'", visible_when: "record.city != 'Bonn'",
                readonly_when: "record.parent.city == 'Rome'"}
            indexes: {by_city: {fields: [city]}}
            """, "orders.object.yml", """
            fields:
              amount: {type: currency}
              state: {type: select, options: [open, paid]}
              firm: {type: lookup, reference_to: firms}
              place: {type: formula, expression: "record.firm.parent.city", return_type: text}
            """, "orders.validation.yml", """
            rules:
              - {name: positive, type: cross_field, condition: "record.amount > 0", fields: [amount], message: No}
              - {name: paid_once, type: cross_field, condition: "record.amount > 1", when: "record.state == 'paid'",
                 message: No}
              - {name: never_less, type: cross_field, condition: "record.amount >= previous.amount", message: No}
            """));

    private static List<String> mentions(String object, String field) {
        var found = new ArrayList<Reference>();
        new FieldMentions(CATALOG, object, field, found::add).find();
        return found.stream().map(each -> each.item().name() + " " + each.path() + " " + each.kind()).toList();
    }

    @Test
    void findsExpressionsDefaultsAndIndexes() {
        assertThat(mentions("firms", "city")).containsExactlyInAnyOrder("firms fields.greeting.default expression",
                "firms fields.note.required_when expression", "firms fields.note.visible_when expression",
                "firms fields.note.readonly_when expression", "firms indexes.by_city index",
                "orders fields.place.expression expression");
    }

    @Test
    void followsLookupsOnTheirWay() {
        assertThat(mentions("firms", "parent")).containsExactlyInAnyOrder(
                "firms fields.note.readonly_when expression", "orders fields.place.expression expression");
        assertThat(mentions("orders", "firm")).containsExactlyInAnyOrder("firms fields.total.summary summary",
                "orders fields.place.expression expression");
    }

    @Test
    void findsTheNameOfRecordsAndFormulas() {
        assertThat(mentions("firms", "title")).containsExactlyInAnyOrder("firms name_field name_field",
                "firms fields.shout.expression expression");
    }

    @Test
    void findsRulesByTheirExpressionsAndTheirFields() {
        assertThat(mentions("orders", "amount")).containsExactlyInAnyOrder("firms fields.total.summary summary",
                "orders validations.positive.condition expression", "orders validations.positive.fields rule",
                "orders validations.paid_once.condition expression", "orders validations.paid_once.fields rule",
                "orders validations.never_less.condition expression", "orders validations.never_less.fields rule");
    }

    @Test
    void findsNothingOfAFieldThatNobodyNames() {
        assertThat(mentions("firms", "note")).isEmpty();
        assertThat(mentions("orders", "place")).isEmpty();
        assertThat(mentions("orders", "city")).isEmpty();
    }

    @Test
    void findsTheFilterOfASummary() {
        assertThat(mentions("orders", "state")).containsExactlyInAnyOrder(
                "firms fields.total.summary.filter expression", "orders validations.paid_once.when expression");
    }
}
