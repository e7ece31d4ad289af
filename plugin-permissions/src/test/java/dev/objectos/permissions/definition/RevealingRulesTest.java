package dev.objectos.permissions.definition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.runtime.metadata.TestingCatalogs;
import dev.objectos.runtime.metadata.Violation;
import org.junit.jupiter.api.Test;

class RevealingRulesTest {

    @Test
    void reportsRulesThatMeasureWhatOthersWriteByWhatTheyDoNotSee() {
        var catalog = TestingCatalogs.of("""
                name: firms
                fields:
                  name: {type: text}
                  limit: {type: number}
                permission_sets: {sales: {allowRead: true}, boss: {allowRead: true}}
                field_permissions: {limit: {read: [boss]}}
                """,
                """
                        name: deals
                        fields:
                          amount: {type: number}
                          floor: {type: number, permissions: {visible_to: [boss]}}
                          iban: {type: text, mask: {mask_format: last4, visible_to: [boss]}}
                          reason: {type: text, required_when: "record.floor > 10"}
                          excuse: {type: text, required_when: "record.floor > 10", permissions: {visible_to: [boss]}}
                          firm: {type: lookup, reference_to: firms}
                        permission_sets: {sales: {allowRead: true, allowEdit: true}, boss: {allowRead: true, allowEdit: true}}
                        validations:
                          - {name: above_floor, type: cross_field, condition: "record.amount >= record.floor", message: No}
                          - {name: has_iban, type: cross_field, condition: "record.amount < 5 || record.iban != null", message: No}
                          - {name: within_limit, type: cross_field, condition: "record.amount <= record.firm.limit", message: No}
                          - {name: positive_floor, type: cross_field, condition: "record.floor > 0", message: No}
                          - {name: positive, type: cross_field, condition: "record.amount > 0", message: No}
                        """);

        assertThat(RevealingRules.in(catalog)).allSatisfy(violation -> assertThat(violation.isError()).isFalse())
                .extracting(Violation::message).map(message -> message.split(", which")[0])
                .containsExactlyInAnyOrder("the rule above_floor reads floor", "the rule has_iban reads iban",
                        "the rule within_limit reads firm.limit", "required_when of reason reads floor");
    }
}
