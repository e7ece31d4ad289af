package dev.objectos.runtime.metadata.yaml;

import static dev.objectos.runtime.metadata.yaml.TestingLoads.found;
import static dev.objectos.runtime.metadata.yaml.TestingLoads.load;
import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.ValidationRule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RulesTest {

    private static final String OBJECT = """
            fields:
              amount: {type: number}
              other: {type: number}
              status: {type: select, options: [draft, open, done]}
              text: {type: text}
              tags: {type: multiselect, options: [x, y]}
              boss: {type: lookup, reference_to: user}
              day: {type: date}
            """;

    @ParameterizedTest
    @CsvSource(delimiter = '¦', quoteCharacter = '`', textBlock = """
            {condition: "record.amount > 0"} ¦ record.amount > 0
            {expression: "${amount > other}"} ¦ amount > other
            {type: field, rule: {field: amount, operator: ">=", value: 0}} ¦ record.amount >= 0
            {type: field, rule: {field: amount, operator: =, value: 2.5}} ¦ record.amount == 2.5
            {type: field, rule: {field: text, operator: "!=", value: "it's"}} ¦ record.text != 'it\\'s'
            {type: field, rule: {field: status, operator: in, value: [open, done]}} ¦ record.status in ['open', 'done']
            {type: field, rule: {field: status, operator: in, value: open}} ¦ record.status in ['open']
            {type: field, rule: {field: status, operator: not_in, value: [open]}} ¦ !(record.status in ['open'])
            {type: field, rule: {field: text, operator: contains, value: a}} ¦ record.text.contains('a')
            {type: field, rule: {field: tags, operator: contains, value: x}} ¦ 'x' in record.tags
            {type: field, rule: {field: text, operator: not_contains, value: a}} ¦ !record.text.contains('a')
            {type: field, rule: {field: text, operator: starts_with, value: a}} ¦ record.text.startsWith('a')
            {type: field, rule: {field: text, operator: ends_with, value: a}} ¦ record.text.endsWith('a')
            {type: field, rule: {field: text, operator: not_empty}} ¦ (record.text != null && record.text != '')
            {type: field, rule: {field: amount, operator: not_empty}} ¦ record.amount != null
            {type: field, rule: {field: amount, operator: "!=", value: null}} ¦ record.amount != null
            {type: field, rule: {field: amount, operator: between, value: [1, 5]}} ¦ record.amount >= 1 && record.amount <= 5
            {type: field, rule: {field: boss, operator: =, value: $current_user.id}} ¦ record.boss == currentUser.id
            {type: field, rule: {field: boss.email, operator: =, value: "${currentUser.email}"}} ¦ record.boss.email == currentUser.email
            {type: cross_field, rule: {field: amount, operator: ">=", compare_to: other}} ¦ record.amount >= record.other
            {type: cross_field, rule: {expression: "amount + other", operator: "=", value: 100}} ¦ (amount + other) == 100
            {type: cross_field, rule: {if: {field: status, operator: "=", value: done}, then: {field: text, operator: "!=", value: null}}} ¦ (!(record.status == 'done') || (record.text != null))
            {type: business_rule, constraint: {expression: "amount <= boss.limit OR text = 'AND'"}} ¦ amount <= boss.limit || text == 'AND'
            {type: business_rule, constraint: {expression: "amount <= chief.limit", relationships: {chief: {via: boss, field: limit}}}} ¦ amount <= boss.limit
            {type: business_rule, constraint: {any_of: [{field: amount, operator: ">", value: 5}, {field: other, operator: ">", value: 6}], then_require: [{field: boss, operator: "!=", value: null}]}} ¦ (!((record.amount > 5) || (record.other > 6)) || ((record.boss != null)))
            {condition: [{field: amount, operator: ">", value: 1}, or, {field: other, operator: ">", value: 2}]} ¦ (record.amount > 1) || (record.other > 2)
            {condition: [amount, ">", 1]} ¦ record.amount > 1
            {condition: {none_of: [{field: amount, operator: ">", value: 1}, {field: text, operator: "=", value: x}]}} ¦ !((record.amount > 1) || (record.text == 'x'))
            {condition: {all_of: [{field: amount, operator: ">", value: 1}], none_of: [{field: text, operator: "=", value: x}]}} ¦ ((record.amount > 1)) && (!((record.text == 'x')))
            {script: "this.amount >= 0 && text !== 'this.text'"} ¦ record.amount >= 0 && text !=  'this.text'
            {type: field, rule: {field: day, operator: "<", value: $current_date - 1 day}} ¦ record.day < addDays(today, -1)
            {type: field, rule: {field: day, operator: "<", value: $today + 2 weeks}} ¦ record.day < addDays(today, 2 * 7)
            {type: field, field: amount, operator: ">", value: 1} ¦ record.amount > 1
            """)
    void becomesACondition(String rule, String expected) {
        Catalog catalog = load("a.object.yml", OBJECT + "validations: {r: " + rule + "}\n");
        assertThat(found(catalog)).isEmpty();
        assertThat(only(catalog).condition().text()).isEqualTo(expected);
    }

    @Test
    void appliesAConditionalRuleOnlyWhereItsConditionHolds() {
        ValidationRule rule = only(load("a.object.yml", OBJECT, "a.validation.yml", """
                rules:
                  - name: text_when_large
                    type: conditional
                    condition: {field: amount, operator: ">", value: 10}
                    rule: {field: text, operator: not_empty}
                    message: Say why
                    error_code: WHY
                """));
        assertThat(rule.name()).isEqualTo("text_when_large");
        assertThat(rule.when()).extracting("text").isEqualTo("record.amount > 10");
        assertThat(rule.message()).isEqualTo("Say why");
        assertThat(rule.errorCode()).isEqualTo("WHY");
        assertThat(rule.fields()).containsExactly("text");
        assertThat(rule.needsPrevious()).isFalse();
        assertThat(rule.source()).hasToString("a.validation.yml:2:11");
    }

    @Test
    void readsTheConditionOfARuleThatSaysItsOwnCheckAsWhenItApplies() {
        ValidationRule rule = only(load("a.object.yml", OBJECT, "a.validation.yml", """
                rules:
                  - {name: shape, type: field, field: text, operator: contains, value: '@',
                     condition: {field: text, operator: not_empty}}
                """));
        assertThat(rule.when()).extracting("text").asString().contains("text");
        assertThat(rule.condition().text()).contains("'@'").isNotEqualTo(String.valueOf(rule.when()));
    }

    @Test
    void readsSeveralRulesUnderOneCondition() {
        ValidationRule rule = only(load("a.object.yml", OBJECT, "a.validation.yml", """
                rules:
                  - name: both
                    type: conditional
                    condition: {field: amount, operator: ">", value: 10}
                    rules: [{field: text, operator: not_empty}, {field: other, operator: ">", value: 0}]
                """));
        assertThat(rule.when()).extracting("text").isEqualTo("record.amount > 10");
        assertThat(rule.condition().text()).contains("record.text", " && (record.other > 0)");
        assertThat(rule.fields()).containsExactly("text", "other");
    }

    @Test
    void turnsAStateMachineIntoAConditionOverThePreviousRecord() {
        Catalog catalog = load("a.object.yml", OBJECT + """
                validations:
                  - name: flow
                    type: state_machine
                    field: status
                    initial_states: [draft]
                    transitions:
                      draft: {allowed_next: [open]}
                      open: [done, draft]
                      done: []
                """);
        assertThat(found(catalog)).isEmpty();
        ValidationRule rule = only(catalog);
        assertThat(rule.condition().text()).isEqualTo("(previous.status == null || record.status == previous.status"
                + " || (previous.status == 'draft' && record.status in ['open'])"
                + " || (previous.status == 'open' && record.status in ['done', 'draft']))"
                + " && (previous.status != null || record.status == null || record.status in ['draft'])");
        assertThat(rule.needsPrevious()).isTrue();
        assertThat(rule.fields()).containsExactly("status");
        assertThat(rule.errorCode()).isEqualTo("invalid");
    }

    @Test
    void limitsARuleToNewOrChangedRecords() {
        ValidationRule created = only(load("a.object.yml", OBJECT
                + "validations: {r: {condition: 'record.amount > 0', trigger: [create], when: 'record.other > 0'}}"));
        assertThat(created.when()).extracting("text").isEqualTo("previous.id == null && (record.other > 0)");
        assertThat(created.needsPrevious()).isTrue();
        assertThat(only(load("a.object.yml", OBJECT
                + "validations: {r: {condition: 'record.amount > 0', trigger: [create, update]}}")).when()).isNull();
    }

    @Test
    void keepsUniqueRulesByAnIndex() {
        Catalog catalog = load("a.object.yml", OBJECT
                + "validation: {rules: [{name: once, type: unique, fields: [text, status]}, {name: one, type: unique, field: amount}]}");
        assertThat(found(catalog)).isEmpty();
        var object = catalog.object("a").orElseThrow();
        assertThat(object.validations()).isEmpty();
        assertThat(object.indexes()).extracting("name").containsExactly("once", "one");
        assertThat(object.indexes()).allMatch(index -> index.unique());
    }

    @Test
    void keepsAdviceWithoutEnforcingIt() {
        var object = load("a.object.yml", OBJECT
                + "validations: {r: {condition: 'record.amount > 0', severity: warning}, off: {condition: 'false', active: false}}")
                .object("a").orElseThrow();
        assertThat(object.validations()).isEmpty();
        assertThat(object.descriptive()).containsKey("advisory_rules");
    }

    @Test
    void saysWhereARuleCannotBeUnderstood() {
        assertThat(found(load("a.object.yml",
                OBJECT + """
                        validations:
                          - {name: a, type: field, rule: {field: amount, operator: "=~", value: 1}}
                          - {name: b}
                          - {name: c, type: field, rule: {field: amount, operator: ">"}}
                          - {name: d, condition: "record.amount > 0", fields: [amuont]}
                          - {name: e, type: state_machine, field: status, transitions: {drft: [], open: [], done: [], draft: []}}
                          - {name: f, type: custom, validator: "code"}
                          - {name: g, script: "return this.amount > 0;"}
                        """)))
                .containsExactly(
                        "a.object.yml:10:60: error: the operator '=~' is not known (use one of = != > >= < <= in not_in contains"
                                + " not_contains starts_with ends_with not_empty)",
                        "a.object.yml:11:12: error: the rule says nothing that could be checked"
                                + " (add condition: \"record.amount > 0\", or rule: {field, operator, value})",
                        "a.object.yml:12:34: error: the condition has no value (add value:, or compare_to: with a field)",
                        "a.object.yml:13:55: error: the rule names the field 'amuont', which the object does not have"
                                + " (did you mean 'amount'?)",
                        "a.object.yml:14:65: error: 'drft' is none of the options of 'status' (did you mean 'draft'?)",
                        "a.object.yml:15:12: warning: a rule of type custom is not enforced"
                                + " (write it as a condition, or as a hook in Java)",
                        "a.object.yml:16:23: warning: a rule in code is not enforced"
                                + " (write it as a condition, or as a hook in Java)");
    }

    @Test
    void needsAnObjectForAValidationFile() {
        assertThat(found(load("acounts.validation.yml", "rules: []", "accounts.object.yml", "label: A")))
                .containsExactly(
                        "acounts.validation.yml:1:1: error: there is no object 'acounts' (did you mean 'accounts'?)");
    }

    private static ValidationRule only(Catalog catalog) {
        assertThat(catalog.errors()).isEmpty();
        return catalog.object("a").orElseThrow().validations().getFirst();
    }
}
