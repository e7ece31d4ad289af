package dev.objectos.runtime.metadata.yaml;

import static dev.objectos.runtime.metadata.yaml.TestingLoads.found;
import static dev.objectos.runtime.metadata.yaml.TestingLoads.load;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.MetadataItem;
import dev.objectos.runtime.metadata.MetadataSource;
import dev.objectos.runtime.metadata.TestingCatalogs;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ItemsTest {

    private static final String DEALS = """
            fields:
              status: {type: select, options: [open, won]}
              amount: {type: number}
              account: {type: lookup, reference_to: accounts}
            actions: {close: {label: Close}}
            """;

    @Test
    void keepsAPermissionFileWithItsAliasesReplaced() {
        Catalog catalog = deals("deals.permission.yml", """
                recordRules: [{name: own, roles: sales, condition: "record.owner == currentUser.id"}]
                permissionSets: {sales: {allow_read: true, allowEdit: [{field: owner, equals: $currentUser.id}]}}
                sharing: {default: private}
                """);
        assertThat(found(catalog)).isEmpty();
        MetadataItem item = catalog.item("permission", "deals").orElseThrow();
        assertThat(item.object()).isEqualTo("deals");
        assertThat(item.content()).containsOnlyKeys("record_rules", "permission_sets", "sharing");
        assertThat(item.content().get("record_rules")).isEqualTo(List.of(
                Map.of("name", "own", "roles", List.of("sales"), "condition", "record.owner == currentUser.id")));
        assertThat(item.content().get("permission_sets"))
                .isEqualTo(Map.of("sales", Map.of("allowRead", true, "allowEdit",
                        List.of(Map.of("field", "owner", "equals", "$currentUser.id")))));
        assertThat(item.positions()).hasSize(3).first().hasToString("deals.permission.yml:1:1");
        assertThat(item.plugin()).isEqualTo("metadata");
    }

    @Test
    void keepsPermissionsOfAnObjectAsIfTheyHadAFileOfTheirOwn() {
        Catalog catalog = load("a.object.yml", """
                fields: {x: {type: text}}
                permission_sets: {sales: {allowRead: true}}
                field_permissions: {x: {read: [sales]}}
                """);
        assertThat(found(catalog)).isEmpty();
        assertThat(catalog.object("a").orElseThrow().permissionSets()).containsOnlyKeys("sales");
        assertThat(catalog.item("permission", "a.object").orElseThrow().content())
                .containsOnlyKeys("permission_sets", "field_permissions");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            surprise: 1                                              | 1:1: error: a permission file has no key 'surprise'
            {object: delas}                                          | 1:10: error: there is no object 'delas' (did you mean 'deals'?)
            record_rules: [{name: x}]                                | 1:16: error: a record rule needs 'condition' (add condition: {…})
            record_rules: [{name: x, condition: {feild: a}}]         | 1:38: error: a condition has no key 'feild' (did you mean 'field'?)
            record_rules: [{name: x, condition: {field: amuont, operator: "=", value: 1}}] | 1:45: warning: deals has no field 'amuont' (did you mean 'amount'?)
            field_permissions: {amuont: {read: [x]}}                 | 1:21: warning: deals has no field 'amuont' (did you mean 'amount'?)
            action_permissions: {clos: {execute: [x]}}               | 1:22: warning: deals has no action 'clos' (did you mean 'close'?)
            object_permissions: {create: yes please, reed: [x]}      | 1:42: error: 'object_permissions' has no key 'reed' (did you mean 'read'?)
            sharing: public                                          | 1:10: error: 'sharing' must be a map or one of private, read, read_write, controlled_by_parent, not text (write sharing: {…})
            audit: {retention_days: long}                            | 1:25: error: 'retention_days' must be a whole number, not text (write retention_days: 10)
            """)
    void looksIntoEveryCornerOfPermissions(String yaml, String expected) {
        assertThat(found(deals("deals.permission.yml", yaml))).singleElement()
                .isEqualTo("deals.permission.yml:" + expected);
    }

    @Test
    void permissionsNameTransitionsLikeActions() {
        Catalog catalog = TestingCatalogs.loadFiles(Map.of("bills.object.yml", """
                fields: {status: {type: select, options: [open, paid]}}
                action_permissions: {pay: {execute: [x]}, pya: {execute: [x]}}
                """, "bills.workflow.yml", "states: {open: {transitions: {pay: paid}}, paid: {}}"));
        assertThat(found(catalog)).containsExactly(
                "bills.object.yml:2:43: warning: bills has no action 'pya' (did you mean 'pay'?)");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {object: deals}                                          | 1:1: error: the workflow has neither states nor steps (add states: {draft: {initial: true, transitions: {…}}})
            {object: deals, states: {open: {transitions: {go: wno}}, won: {}}} | 1:51: error: there is no state 'wno' (did you mean 'won'?)
            {object: deals, state_field: stage, states: {open: {}}}  | 1:30: error: deals has no field 'stage' to keep the state in
            {states: {open: {}}}                                     | 1:1: error: the workflow says no object (add object:)
            {object: deals, states: {open: {inital: true}}}          | 1:33: warning: a state has no key 'inital' (did you mean 'initial'?)
            """)
    void looksAtTheShapeOfWorkflows(String yaml, String expected) {
        assertThat(found(deals("flow.workflow.yml", yaml))).singleElement().isEqualTo("flow.workflow.yml:" + expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {object: deals, event: afterInsert}                      | 1:1: error: a trigger needs 'actions' (add actions: […])
            {object: deals, actions: []}                             | 1:1: error: nothing sets the trigger off (add event: afterInsert, or schedule:, webhook: or email:)
            {object: deals, event: afterInsrt, actions: []}          | 1:24: error: 'event' does not know 'afterInsrt' (did you mean 'afterInsert'?)
            {event: afterCreate, actions: []}                        | 1:1: error: the trigger says no object (add object:)
            """)
    void looksAtTheShapeOfTriggers(String yaml, String expected) {
        assertThat(found(deals("t.trigger.yml", yaml))).singleElement().isEqualTo("t.trigger.yml:" + expected);
    }

    @Test
    void namesTheEventsOfTriggersInOneWay() {
        Catalog catalog = deals("t.trigger.yml", "{object: deals, event: afterCreate, actions: [{type: notify}]}");
        assertThat(catalog.item("trigger", "t").orElseThrow().content()).containsEntry("event", List.of("afterInsert"));
    }

    @Test
    void findsUnknownObjectsAndFieldsInDescriptiveFiles() {
        Catalog catalog = deals("deals.view.yml", """
                name: all_deals
                columns: [amount, {field: stauts}, account.name]
                related: {object: accuonts, columns: [x]}
                anything: {goes: here}
                sort: [[amount, desc]]
                expand: {account: {fields: [name, industry]}}
                """, "x.report.yml", "{object: nothing, columns: [a]}", "crm.app.yml", "{name: crm, label: CRM}");
        assertThat(found(catalog)).containsExactly(
                "deals.view.yml:2:27: warning: deals has no field 'stauts' (did you mean 'status'?)",
                "deals.view.yml:3:19: warning: there is no object 'accuonts' (did you mean 'accounts'?)",
                "x.report.yml:1:10: warning: there is no object 'nothing'");
        assertThat(catalog.item("view", "all_deals").orElseThrow().object()).isEqualTo("deals");
        assertThat(catalog.item("app", "crm")).isPresent();
        assertThat(catalog.types()).contains("view", "report", "app");
    }

    @Test
    void readsSeedsAsAListOrWithTheirMode() {
        Catalog catalog = deals("data/deals.data.yml", """
                - {_id: d1, amount: 10, status: open}
                - {_id: d2, account: a1}
                """, "accounts.data.yml", "{mode: upsert, records: [{_id: a1, name: A}]}");
        assertThat(found(catalog)).isEmpty();
        MetadataItem deals = catalog.item("data", "deals").orElseThrow();
        assertThat(deals.object()).isEqualTo("deals");
        assertThat(deals.content()).containsEntry("mode", "insert").containsEntry("records",
                List.of(Map.of("_id", "d1", "amount", 10, "status", "open"), Map.of("_id", "d2", "account", "a1")));
        assertThat(deals.positions()).extracting(Object::toString).containsExactly("data/deals.data.yml:1:3",
                "data/deals.data.yml:2:3");
        assertThat(catalog.item("data", "accounts").orElseThrow().content()).containsEntry("mode", "upsert");
    }

    @Test
    void findsMistakesInSeeds() {
        assertThat(found(deals("deals.data.yml", """
                - {_id: x, amuont: 1}
                - {_id: x, status: lost}
                - just text
                """, "nothing.data.yml", "[]"))).containsExactly(
                "deals.data.yml:1:12: warning: deals has no field 'amuont'; the value is left out (did you mean 'amount'?)",
                "deals.data.yml:2:9: error: the _id 'x' is there twice, first in line 1 (give each record its own)",
                "deals.data.yml:2:20: warning: 'lost' is none of the options of 'status' (write one of open, won)",
                "deals.data.yml:3:3: error: a record must be a map, not text (write field: value)",
                "nothing.data.yml:1:1: error: there is no object 'nothing' to load records into");
    }

    @Test
    void readsTheValuesOfSeedsAsTheirFieldsMeanThem() {
        Catalog catalog = load("a.object.yml", """
                fields:
                  zip: {type: text}
                  level: {type: select, options: [1, 2]}
                  tags: {type: tags}
                  names: {type: text, multiple: true}
                  done: {type: boolean}
                  day: {type: date}
                  at: {type: datetime}
                  parts: {type: json}
                """, "a.data.yml", """
                - {id: 007, zip: 01234, level: 1, tags: red, names: [1.50, b], done: yes, day: 2026-01-31T00:00:00Z}
                - {at: 2026-01-31, day: $today, parts: {zip: 01234}}
                - {at: 2026-01-31 10:20, day: "{today}", done: maybe}
                - {at: "${now - duration('1h')}", day: soon, created_at: 2026-01-31T10:00:00Z}
                """);
        assertThat(found(catalog)).containsExactly(
                "a.data.yml:4:46: warning: 'created_at' is set by the platform and not loaded (remove it)");
        assertThat(catalog.item("data", "a").orElseThrow().content()).extractingByKey("records").asInstanceOf(LIST)
                .containsExactly(
                        Map.of("_id", "007", "zip", "01234", "level", "1", "tags", List.of("red"), "names",
                                List.of("1.50", "b"), "done", true, "day", "2026-01-31"),
                        Map.of("at", "2026-01-31T00:00Z", "day", "${today}", "parts", Map.of("zip", 1234)),
                        Map.of("at", "2026-01-31T10:20Z", "day", "${today}", "done", "maybe"),
                        Map.of("at", "${now - duration('1h')}", "day", "soon", "created_at", "2026-01-31T10:00:00Z"));
    }

    @Test
    void putsTheTranslationsOfALocaleTogether() {
        Catalog catalog = deals("i18n/de/deals.json",
                """
                        {"label": "Geschäft", "fields": {"amount": {"label": "Betrag", "help_text": "In Euro"},
                         "status": {"label": "Stand", "options": {"open": "Offen"}}}, "actions": {"close": {"label": "Schließen"}}}
                        """,
                "translations/de.yml", """
                        objects:
                          deals: {plural_label: Geschäfte, fields: {account: Kunde, wrong: x}}
                        messages: {hello: Hallo}
                        """, "i18n/de/more.json",
                "{\"accounts\": {\"label\": \"Kunde\", \"options\": {\"x\": {\"y\": \"Z\"}}}}");
        assertThat(found(catalog)).containsExactly(
                "translations/de.yml:2:61: warning: deals has no field 'wrong'");
        MetadataItem german = catalog.item("translation", "de").orElseThrow();
        assertThat(german.content()).isEqualTo(Map.of("objects", Map.of("deals",
                Map.of("label", "Geschäft", "plural_label", "Geschäfte", "fields",
                        Map.of("amount", "Betrag", "status", "Stand", "account", "Kunde"), "help_texts",
                        Map.of("amount", "In Euro"), "options", Map.of("status", Map.of("open", "Offen")), "actions",
                        Map.of("close", Map.of("label", "Schließen"))),
                "accounts", Map.of("label", "Kunde", "options", Map.of("x", Map.of("y", "Z")))), "messages",
                Map.of("hello", "Hallo")));
    }

    @Test
    void takesTheMessagesOfRulesInEachLanguageUnlessATranslationSaysOtherwise() {
        Catalog catalog = load("a.object.yml", """
                fields: {x: {type: integer}}
                validations:
                  - {name: r, condition: "x > 0", message: {en: few, de: wenig, ja: 少}}
                """, "translations/de.yml", "{a: {messages: {r: zu wenig}}}");
        assertThat(catalog.object("a").orElseThrow().validations().getFirst().message()).isEqualTo("few");
        assertThat(catalog.item("translation", "de").orElseThrow().content())
                .isEqualTo(Map.of("objects", Map.of("a", Map.of("messages", Map.of("r", "zu wenig")))));
        assertThat(catalog.item("translation", "ja").orElseThrow().content())
                .isEqualTo(Map.of("objects", Map.of("a", Map.of("messages", Map.of("r", "少")))));
    }

    @Test
    void takesATextForAnObjectForItsLabel() {
        Catalog catalog = deals("translations/de.yml", "{deals: Geschäft, hello: Hallo}");
        assertThat(catalog.item("translation", "de").orElseThrow().content())
                .isEqualTo(Map.of("objects", Map.of("deals", Map.of("label", "Geschäft")), "hello", "Hallo"));
    }

    @Test
    void refusesASecondItemOfANameButLetsALaterSourceReplaceIt() {
        assertThat(found(deals("a.app.yml", "name: crm", "b.app.yml", "name: crm"))).containsExactly(
                "b.app.yml:1:7: error: another app is named 'crm', in a.app.yml (give each its own name)");
        Catalog catalog = CatalogLoader.load(1, List.of(
                TestingCatalogs.source("one", Map.of("a.app.yml", "{name: crm, label: One}")),
                TestingCatalogs.source(MetadataSource.FOLDER, Map.of("b.app.yml", "{name: crm, label: Two}"))));
        assertThat(found(catalog)).isEmpty();
        assertThat(catalog.item("app", "crm").orElseThrow().content()).containsEntry("label", "Two");
    }

    @Test
    void leavesOutAnItemWithAnErrorAndKeepsTheOthers() {
        Catalog catalog = deals("a.api.yml", "{path: /x, method: FETCH}", "b.api.yml", "{path: /y}");
        assertThat(catalog.errors()).hasSize(1);
        assertThat(catalog.items("api")).extracting(MetadataItem::name).containsExactly("b");
    }

    private static Catalog deals(String... more) {
        var files = new String[more.length + 4];
        files[0] = "deals.object.yml";
        files[1] = DEALS;
        files[2] = "accounts.object.yml";
        files[3] = "fields: {name: {type: text}}";
        System.arraycopy(more, 0, files, 4, more.length);
        return load(files);
    }
}
