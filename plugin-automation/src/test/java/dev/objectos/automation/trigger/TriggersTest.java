package dev.objectos.automation.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.runtime.event.ChangeAction;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.TestingCatalogs;
import dev.objectos.runtime.metadata.Violation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TriggersTest {

    private static final String DEALS = """
            name: deals
            fields:
              title: {type: text}
              stage: {type: select, options: [open, won, lost]}
              amount: {type: number}
              due: {type: date}
              tags: {type: tags}
              seller: {type: user}
              number: {type: autonumber, format: 'D-{000}'}
            """;

    private static Catalog catalog(String trigger) {
        var files = new LinkedHashMap<String, String>();
        files.put("deals.object.yml", DEALS);
        files.put("t.trigger.yml", trigger);
        Catalog catalog = TestingCatalogs.loadFiles(files);
        assertThat(catalog.violations()).isEmpty();
        return catalog;
    }

    private static List<String> violations(String trigger) {
        return Triggers.of(catalog(trigger)).violations().stream().map(Violation::toString).toList();
    }

    @Test
    void readsTheTriggerOfTheDescription() {
        Trigger trigger = Triggers.of(catalog("""
                name: assign
                label: Assign deals
                object: deals
                event: afterInsert
                conditions:
                  - field: stage
                    operator: equals
                    value: 'open'
                actions:
                  - type: update_field
                    field: seller
                    value:
                      type: round_robin
                      pool: ['user1', 'user2', 'user3']

                  - type: send_email
                    to: ${record.owner.email}
                    subject: "Deal ${record.title}"
                    text: Look at it
                """)).named("assign").orElseThrow();

        assertThat(trigger.label()).isEqualTo("Assign deals");
        assertThat(trigger.events()).containsExactly(TriggerEvent.AFTER_INSERT);
        assertThat(trigger.conditions()).singleElement()
                .satisfies(condition -> assertThat(condition.text()).isEqualTo("record.stage == 'open'"));
        assertThat(trigger.actions()).hasSize(2);
        assertThat(trigger.actions().getFirst()).isEqualTo(new Action.SetFields(
                Map.of("seller", new NewValue.RoundRobin(List.of("user1", "user2", "user3")))));
        assertThat(trigger.hasDeferred()).isTrue();
        assertThat(trigger.takesTurns()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {field: stage, operator: equals, value: won}           | record.stage == 'won'
            {field: stage, operator: not_equals, value: won}       | record.stage != 'won'
            {field: amount, operator: greater_than, value: 5}      | record.amount > 5
            {field: amount, operator: less_than, value: 5}         | record.amount < 5
            {field: amount, operator: gte, value: 5}               | record.amount >= 5
            {field: amount, operator: lte, value: 5}               | record.amount <= 5
            {field: title, operator: contains, value: a}           | record.title.contains('a')
            {field: tags, operator: contains, value: a}            | 'a' in record.tags
            {field: title, operator: starts_with, value: a}        | record.title.startsWith('a')
            {field: title, operator: ends_with, value: a}          | record.title.endsWith('a')
            {field: stage, operator: in, value: [won, lost]}       | record.stage in ['won', 'lost']
            {field: stage, operator: changed}                      | record.stage != previous.stage
            {field: stage, operator: changed_to, value: won}       | (record.stage != previous.stage && record.stage == 'won')
            {field: due, operator: is_null}                        | record.due == null
            {field: seller, operator: equals, value: ada}          | `(record.seller.username == 'ada' || record.seller.email == 'ada')`
            """)
    void readsEachOperator(String condition, String cel) {
        Triggers triggers = Triggers.of(catalog(
                "{object: deals, event: afterUpdate, conditions: [" + condition
                        + "], actions: [{type: update_field, field: title, value: x}]}"));

        assertThat(triggers.violations()).isEmpty();
        assertThat(triggers.of("deals", ChangeAction.UPDATE).after().getFirst().conditions()).singleElement()
                .satisfies(compiled -> assertThat(compiled.text()).isEqualTo(cel));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {object: deals, event: afterInsert, when: "record.amuont > 5", actions: []}                                         | t.trigger.yml:1:51: error: 'amuont' is not a field of deals
            {object: deals, event: afterInsert, conditions: [{field: amuont, operator: equals, value: 1}], actions: []}         | t.trigger.yml:1:58: error: deals has no field 'amuont'
            {object: deals, event: afterInsert, conditions: [{field: amount, operator: equlas, value: 1}], actions: []}         | t.trigger.yml:1:76: error: the operator 'equlas' is not known
            {object: deals, event: afterInsert, actions: [{type: update_feild, field: title, value: x}]}                        | t.trigger.yml:1:54: error: there is no action 'update_feild' (did you mean 'update_field'?)
            {object: deals, event: afterInsert, actions: [{type: update_field, field: titel, value: x}]}                        | t.trigger.yml:1:75: error: deals has no field 'titel' (did you mean 'title'?)
            {object: deals, event: afterInsert, actions: [{type: update_field, field: amount, value: many}]}                    | t.trigger.yml:1:90: error: amount must be a number
            {object: deals, event: afterInsert, actions: [{type: update_field, field: stage, value: wno}]}                      | t.trigger.yml:1:89: error: 'wno' is none of the options of stage (did you mean 'won'?)
            {object: deals, event: afterInsert, actions: [{type: update_field, field: number, value: x}]}                       | t.trigger.yml:1:75: error: deals.number is kept by the platform
            {object: deals, event: afterDelete, actions: [{type: update_field, field: title, value: x}]}                        | t.trigger.yml:1:54: error: a record that is deleted has no fields to write
            {object: deals, event: afterInsert, actions: [{type: create_record, object: deels, values: {title: x}}]}            | t.trigger.yml:1:77: error: there is no object 'deels' (did you mean 'deals'?)
            {object: deals, event: afterInsert, actions: [{type: send_email, to: a@b.co, subject: "${record.titel}", text: x}]} | t.trigger.yml:1:97: error: 'titel' is not a field of deals
            {object: deals, event: afterInsert, actions: [{type: webhook, url: 'https://a.b'}]}                                 | t.trigger.yml:1:54: warning: the action 'webhook' is not supported yet
            """)
    void namesWhatIsWrongAndWhere(String trigger, String expected) {
        assertThat(violations(trigger)).singleElement().asString().startsWith(expected);
    }

    @Test
    void leavesOutWhatIsWrongAndKeepsTheRest() {
        var files = new LinkedHashMap<String, String>();
        files.put("deals.object.yml", DEALS);
        files.put("bad.trigger.yml",
                "{object: deals, event: afterInsert, actions: [{type: update_field, field: titel, value: x}]}");
        files.put("good.trigger.yml",
                "{object: deals, event: afterInsert, actions: [{type: update_field, field: title, value: x}]}");
        files.put("idle.trigger.yml",
                "{object: deals, event: afterInsert, active: false, actions: [{type: update_field, field: titel, value: x}]}");

        Triggers triggers = Triggers.of(TestingCatalogs.loadFiles(files));

        assertThat(triggers.all()).extracting(Trigger::name).containsExactly("good");
        assertThat(triggers.violations()).extracting(violation -> violation.where().file())
                .containsExactly("bad.trigger.yml");
    }

    @Test
    void anObjectWithoutTriggersSetsNothingOff() {
        Triggers triggers = Triggers.of(catalog(
                "{object: deals, event: afterInsert, actions: [{type: update_field, field: title, value: x}]}"));

        assertThat(triggers.concern("user")).isFalse();
        assertThat(triggers.of("deals", ChangeAction.UPDATE).isEmpty()).isTrue();
        assertThat(triggers.of("deals", ChangeAction.CREATE).isEmpty()).isFalse();
        assertThat(triggers.deferring()).isEmpty();
    }

    @Test
    void templatesAreCheckedAgainstTheObjectThatUsesThem() {
        var files = new LinkedHashMap<String, String>();
        files.put("deals.object.yml", DEALS);
        files.put("t.trigger.yml",
                "{object: deals, event: afterInsert, actions: [{type: send_email, to: a@b.co, template: news}]}");
        files.put("templates/news.template.yml", """
                subject: {en: "About ${record.title}", de: "Zu ${record.titel}"}
                text: {en: "It is {{record.stage}}", de: "Es ist ${1 + 1}"}
                """);

        Triggers triggers = Triggers.of(TestingCatalogs.loadFiles(files));

        assertThat(triggers.violations()).extracting(violation -> violation.where().toString())
                .containsExactlyInAnyOrder("templates/news.template.yml:1:57", "templates/news.template.yml:2:52");
        assertThat(triggers.violations()).extracting(Violation::isError).containsOnly(true);
    }

    @Test
    void aMissingTemplateIsDoubtfulAndNothingMore() {
        assertThat(violations(
                "{object: deals, event: afterInsert, actions: [{type: send_email, to: a@b.co, template: news}]}"))
                .singleElement().asString().contains("warning: there is no template 'news'");
    }
}
