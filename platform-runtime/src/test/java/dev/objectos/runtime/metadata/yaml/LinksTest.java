package dev.objectos.runtime.metadata.yaml;

import static dev.objectos.runtime.metadata.yaml.TestingLoads.found;
import static dev.objectos.runtime.metadata.yaml.TestingLoads.load;
import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.FieldType;
import dev.objectos.runtime.metadata.Relationship;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinksTest {

    @Test
    void leavesOutWhatDependsOnABadObjectAndSaysWhy() {
        Catalog catalog = load("a.object.yml", "fields: {x: {type: nonsense}}", "b.object.yml",
                "fields: {x: {type: lookup, reference_to: a}}", "c.object.yml",
                "fields:\n  x: {type: lookup, reference_to: b}\n", "d.object.yml", "fields: {x: {type: text}}");
        assertThat(catalog.objects()).extracting("name").containsExactly("user", "d");
        assertThat(found(catalog)).containsExactly(
                "a.object.yml:1:20: error: 'type' does not know 'nonsense' (write text, textarea, markdown, html,"
                        + " richtext, code, email, url, phone, color, password, secret, number, currency, percent,"
                        + " rating, slider, progress, integer, boolean, toggle, date, time, datetime, select, radio,"
                        + " multiselect, checkboxes, tags, lookup, master_detail, user, tree, file, image, avatar,"
                        + " video, audio, signature, json, object, composite, repeater, grid, location, address,"
                        + " vector, autonumber, formula, summary)",
                "b.object.yml:1:42: error: 'x' refers to 'a', which is left out because of its own errors"
                        + " (mend a.object.yml first)",
                "c.object.yml:2:35: error: 'x' refers to 'b', which is left out because of its own errors"
                        + " (mend b.object.yml first)");
    }

    @Test
    void saysSoWhereTheFileOfAnObjectCouldNotBeReadAtAll() {
        Catalog catalog = load("accounts.object.yml", "fields: [", "b.object.yml",
                "fields: {x: {type: lookup, reference_to: accounts}}");
        assertThat(found(catalog)).element(1).asString().startsWith(
                "b.object.yml:1:42: error: 'x' refers to 'accounts', which is left out because of its own errors"
                        + " (mend accounts.object.yml first)");
    }

    @Test
    void refusesObjectsOfWhichNoRecordCouldBeCreated() {
        Catalog catalog = load("a.object.yml", "fields: {b: {type: lookup, reference_to: b, required: true}}",
                "b.object.yml", "fields: {a: {type: master_detail, reference_to: a}}", "self.object.yml",
                "fields: {parent: {type: lookup, reference_to: self, required: true}}", "fine.object.yml",
                "fields: {parent: {type: lookup, reference_to: fine}}");
        assertThat(catalog.objects()).extracting("name").containsExactly("user", "fine");
        assertThat(found(catalog)).contains(
                "b.object.yml:1:10: error: no record could ever be created, because each needs the next one first:"
                        + " a.b → b.a → a (make one of these lookups optional)",
                "self.object.yml:1:10: error: no record could ever be created, because each needs the next one first:"
                        + " self.parent → self (make one of these lookups optional)");
    }

    @Test
    void checksTheChildOfASummary() {
        String parent = "fields: {s: {type: summary, summary: {object: line, function: sum, field: %s}}}";
        String line = "fields: {p: {reference_to: parent}, n: {type: number}, t: {type: text},"
                + " f: {type: formula, expression: t, return_type: text}%s}";
        assertThat(found(load("parent.object.yml", parent.formatted("n"), "line.object.yml", line.formatted(""))))
                .isEmpty();
        assertThat(found(load("parent.object.yml", parent.formatted("t"), "line.object.yml", line.formatted(""))))
                .contains("parent.object.yml:1:75: error: 't' of line is a field of type text, and has no sum"
                        + " (name a field that holds numbers)");
        assertThat(found(load("parent.object.yml", parent.formatted("f"), "line.object.yml", line.formatted(""))))
                .anyMatch(message -> message.contains("'f' of line is a field of type formula, and has no sum"));
        assertThat(found(load("parent.object.yml", parent.formatted("nn"), "line.object.yml", line.formatted(""))))
                .contains("parent.object.yml:1:75: error: line has no field 'nn' (did you mean 'n'?)");
        assertThat(found(load("parent.object.yml", parent.formatted("n"), "line.object.yml",
                line.formatted(", q: {reference_to: parent}")))).contains(
                        "parent.object.yml:1:47: error: line has several lookups to parent: p, q"
                                + " (add reference: p to the summary)");
        assertThat(found(load("parent.object.yml", "fields: {s: {type: summary, summary: {object: line,"
                + " function: count, reference: q}}}", "line.object.yml",
                line.formatted(", q: {reference_to: parent}"))))
                .isEmpty();
    }

    @Test
    void namesChildCollections() {
        Catalog catalog = load("account.object.yml", "fields: {orders: {type: text}}", "contact.object.yml",
                "fields: {account: {reference_to: account}}", "deal.object.yml",
                "fields: {buyer: {reference_to: account}, seller: {reference_to: account}}", "invoice.object.yml",
                "fields: {account: {reference_to: account, relationship_name: bills}}", "orders.object.yml",
                "fields: {account: {reference_to: account}}");
        assertThat(found(catalog)).isEmpty();
        assertThat(catalog.children("account")).extracting(Relationship::name).containsExactly("contact",
                "deal_by_buyer", "deal_by_seller", "bills", "orders_by_account");
        assertThat(catalog.child("user", "contact_by_owner")).isPresent();
        assertThat(catalog.child("user", "contact_by_created_by")).isPresent();
    }

    @Test
    void checksTheParametersOfActions() {
        assertThat(found(load("a.object.yml", "actions: {go: {params: {to: {type: lookup, reference_to: usr}}}}")))
                .containsExactly("a.object.yml:1:58: error: 'to' refers to 'usr', and there is no such object"
                        + " (did you mean 'user'?)");
    }

    @Test
    void findsNamesOfNothingAlsoInFilesWithOtherFaults() {
        assertThat(found(load("a.object.yml", """
                fields:
                  x: {type: txt}
                  y: {type: lookup, reference_to: nothing}
                  z: {type: lookup, reference_to: a}
                """))).containsExactly("a.object.yml:2:13: error: 'type' does not know 'txt' (did you mean 'text'?)",
                "a.object.yml:3:35: error: 'y' refers to 'nothing', and there is no such object"
                        + " (define it, or name another)");
    }

    @Test
    void takesAnyTextForAChoiceOfAnActionThatDoesNotSayItsOptions() {
        Catalog catalog = load("a.object.yml",
                "{fields: {x: {type: text}}, actions: {go: {params: {way: {type: select, multiple: true}}}}}");
        assertThat(found(catalog)).containsExactly("a.object.yml:1:65: warning: a parameter of type select without"
                + " options takes any text (add options: [first, second])");
        assertThat(catalog.object("a").orElseThrow().actions().get("go").params().get("way").type())
                .isEqualTo(new FieldType.Choices("text", List.of()));
    }

    @Test
    void keepsWhatIsGlobalApartFromWhatBelongsToATenant() {
        assertThat(found(load("country.object.yml", "{tenancy: global, fields: {boss: {reference_to: user}}}")))
                .containsExactly(
                        "country.object.yml:1:49: error: country is read by every tenant, and 'user' belongs to"
                                + " one (refer to an object with tenancy: global)");
        assertThat(found(load("country.object.yml", "tenancy: global", "a.object.yml",
                "fields: {c: {reference_to: country}}"))).isEmpty();
    }

    @Test
    void refusesSummariesOfThemselves() {
        assertThat(found(load("a.object.yml", "fields: {p: {reference_to: a}, s: {type: summary, summary_object: a,"
                + " summary_field: s, summary_type: sum}}"))).singleElement().asString()
                .contains("'s' summarises what is computed from itself");
    }
}
