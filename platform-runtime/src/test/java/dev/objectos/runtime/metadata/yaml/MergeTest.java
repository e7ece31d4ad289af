package dev.objectos.runtime.metadata.yaml;

import static dev.objectos.runtime.metadata.yaml.TestingLoads.found;
import static dev.objectos.runtime.metadata.yaml.TestingLoads.load;
import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.metadata.FieldType;
import dev.objectos.runtime.metadata.MetadataSource;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.metadata.SystemFields;
import dev.objectos.runtime.metadata.TestingCatalogs;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MergeTest {

    @Test
    void addsALaterFileFieldByFieldAndAttributeByAttribute() {
        ObjectDefinition object = load("a_extension.object.yml", """
                name: contacts
                label: Person
                fields:
                  email: {required: true}
                  nickname: {type: text}
                indexes: {by_nick: [nickname]}
                actions: {call: {label: Call}}
                validations: [{name: two, condition: "record.nickname != 'x'"}]
                enable: {trash: false}
                """, "contacts.object.yml", """
                label: Contact
                icon: person
                fields:
                  email: {type: email, label: E-mail, unique: true}
                indexes: {by_mail: {fields: [email, created_at]}}
                actions: {write: {}}
                validations: [{name: one, condition: "record.email != ''"}]
                enable: {audit: false}
                """).object("contacts").orElseThrow();
        assertThat(object.label()).isEqualTo("Person");
        assertThat(object.pluralLabel()).isEqualTo("Persons");
        assertThat(object.icon()).isEqualTo("person");
        FieldDefinition email = object.field("email").orElseThrow();
        assertThat(email.type().name()).isEqualTo("email");
        assertThat(email.required() && email.unique()).isTrue();
        assertThat(email.label()).isEqualTo("E-mail");
        assertThat(email.source()).hasToString("contacts.object.yml:4:3");
        assertThat(object.field("nickname").orElseThrow().source()).hasToString("a_extension.object.yml:5:3");
        assertThat(object.fields().keySet()).startsWith("email", "nickname").endsWith("version");
        assertThat(object.indexes()).extracting("name").containsExactly("by_mail", "by_nick");
        assertThat(object.actions()).containsOnlyKeys("write", "call");
        assertThat(object.validations()).extracting("name").containsExactly("one", "two");
        assertThat(object.enable().trash() || object.enable().audit()).isFalse();
        assertThat(object.enable().search()).isTrue();
        assertThat(object.source().file()).isEqualTo("contacts.object.yml");
    }

    @Test
    void changesATypeAndDropsWhatBelongedToTheFormerOne() {
        Catalog catalog = load("a.object.yml", "fields: {x: {type: select, options: [a, b], default: a, label: X}}",
                "b.object.yml", "{name: a, fields: {x: {type: text, max_length: 5}}}");
        assertThat(found(catalog)).isEmpty();
        FieldDefinition field = catalog.object("a").orElseThrow().field("x").orElseThrow();
        assertThat(field.type()).isEqualTo(new FieldType.Text("text", null, 5, null));
        assertThat(field.label()).isEqualTo("X");
        assertThat(field.defaultValue()).isNull();
    }

    @Test
    void switchesFeaturesOffInEitherSpelling() {
        Catalog catalog = load("a.object.yml", "{enable_trash: false, enable: {api: false, search: true}}");
        assertThat(found(catalog)).isEmpty();
        var features = catalog.object("a").orElseThrow().enable();
        assertThat(features.trash() || features.api()).isFalse();
        assertThat(features.search() && features.audit() && features.history()).isTrue();
    }

    @Test
    void addsNothingToAnObjectThatIsNotThere() {
        assertThat(found(load("a.object.yml", "{extends: ghost, fields: {x: {type: text}}}", "b.object.yml",
                "{name: c, fields: {g: {type: lookup, reference_to: ghost}}}"))).containsExactly(
                        "a.object.yml:1:11: error: there is no object 'ghost' to add to"
                                + " (name one that there is, or define it with name: ghost)",
                        "b.object.yml:1:52: error: 'g' refers to 'ghost', which is left out because of its own errors"
                                + " (mend a.object.yml first)");
        ObjectDefinition staff = load("a.object.yml", "{extends: staff, label: Crew}", "b.object.yml",
                "{name: staff, label: Staff, fields: {x: {type: text}}}").object("staff").orElseThrow();
        assertThat(staff.label()).isEqualTo("Crew");
    }

    @Test
    void takesPluginsBeforeFoldersAndNamesThePlugin() {
        Catalog catalog = CatalogLoader.load(1, List.of(
                TestingCatalogs.source(MetadataSource.FOLDER, Map.of("a.object.yml", "label: Folder")),
                TestingCatalogs.source("crm",
                        Map.of("objects/a.object.yml", "{label: Plugin, fields: {x: {typ: text, type: text}}}"))));
        ObjectDefinition object = catalog.object("a").orElseThrow();
        assertThat(object.label()).isEqualTo("Folder");
        assertThat(object.plugin()).isEqualTo("crm");
        assertThat(found(catalog)).singleElement().asString().startsWith("crm!objects/a.object.yml:1:30: warning");
    }

    @Test
    void leavesOutABadAdditionButKeepsTheObject() {
        Catalog catalog = load("a.object.yml", "fields: {x: {type: text}}", "more.object.yml",
                "{name: a, label: Bad, fields: {y: {type: nonsense}}}", "even.object.yml",
                "{name: a, fields: {z: {type: lookup, reference_to: nowhere}}}", "third.object.yml",
                "{name: a, fields: {w: {type: text}}}");
        assertThat(catalog.errors()).hasSize(2);
        assertThat(catalog.object("a").orElseThrow().fields()).containsKeys("x", "w").doesNotContainKeys("y", "z");
        assertThat(catalog.object("a").orElseThrow().label()).isEqualTo("A");
    }

    @Test
    void tellsFilesOfOnePathInTwoFoldersApart() {
        Catalog catalog = CatalogLoader.load(1, List.of(
                TestingCatalogs.source(MetadataSource.FOLDER, Map.of("a.object.yml", "label: One")),
                TestingCatalogs.source(MetadataSource.FOLDER, Map.of("a.object.yml", "label: [Two]"))));
        assertThat(catalog.object("a").orElseThrow().label()).isEqualTo("One");
        assertThat(found(catalog)).singleElement().asString().startsWith("a.object.yml#2:1:8: error");
    }

    @Test
    void hasThePlatformsUsersWithoutBeingTold() {
        Catalog catalog = load();
        ObjectDefinition user = catalog.object("users").orElseThrow();
        assertThat(user.name()).isEqualTo("user");
        assertThat(user.system()).isTrue();
        assertThat(user.plugin()).isEqualTo("runtime");
        assertThat(user.fields()).containsKeys("name", "email", "username", "avatar", "locale", "timezone");
        assertThat(found(catalog)).isEmpty();
    }

    @Test
    void addsTheApplicationsUsersToThePlatforms() {
        Catalog catalog = load("users.object.yml", """
                label: Member
                tenancy: global
                fields:
                  email: {type: text, required: false, unique: false, label: Mail}
                  locale: {type: select, options: [en, de], default: en}
                  name: {type: integer, max: 5, label: Full name}
                  username: {required: true}
                  role: {type: select, options: [admin]}
                """);
        ObjectDefinition user = catalog.object("user").orElseThrow();
        assertThat(user.label()).isEqualTo("Member");
        assertThat(user.system()).isTrue();
        assertThat(user.global()).isFalse();
        FieldDefinition email = user.field("email").orElseThrow();
        assertThat(email.required() && email.unique()).isTrue();
        assertThat(email.label()).isEqualTo("Mail");
        assertThat(user.field("locale").orElseThrow().type()).isInstanceOf(FieldType.Choice.class);
        assertThat(user.field("name").orElseThrow().type()).isInstanceOf(FieldType.Text.class);
        assertThat(user.field("name").orElseThrow().label()).isEqualTo("Full name");
        assertThat(user.field("username").orElseThrow().required()).isTrue();
        assertThat(user.fields()).containsKey("role");
        assertThat(found(catalog)).containsExactly(
                "users.object.yml:2:1: warning: 'tenancy' of the platform's users cannot be changed (remove it)",
                "users.object.yml:6:3: warning: 'name' of the platform's users holds text and stays so"
                        + " (remove the type, or choose another name)");
    }

    @Test
    void letsAnObjectReplaceOwnerButNothingElseOfThePlatform() {
        ObjectDefinition object = load("a.object.yml",
                "fields: {owner: {type: text, label: Boss}, created_at: {type: date}}")
                .object("a").orElseThrow();
        assertThat(object.field("owner").orElseThrow().type()).isInstanceOf(FieldType.Text.class);
        assertThat(object.field("owner").orElseThrow().system()).isFalse();
        assertThat(object.field("created_at").orElseThrow()).isEqualTo(SystemFields.definitions().get("created_at"));
        assertThat(object.fields()).containsOnlyKeys("owner", "id", "created_at", "created_by", "updated_at",
                "updated_by", "version");
    }

    @Test
    void namesWhatHasNoName() {
        ObjectDefinition object = load("order_entry.object.yml", "fields: {first_url: {type: text}}")
                .object("order_entry")
                .orElseThrow();
        assertThat(object.label()).isEqualTo("Order entry");
        assertThat(object.pluralLabel()).isEqualTo("Order entries");
        assertThat(object.field("first_url").orElseThrow().label()).isEqualTo("First URL");
        assertThat(object.nameField()).isEqualTo("id");
        assertThat(load("a.object.yml", "fields: {n: {type: autonumber}, t: {type: text, required: true}}").object("a")
                .orElseThrow().nameField()).isEqualTo("n");
        assertThat(load("a.object.yml", "fields: {title: {type: text}, name: {type: text}}").object("a").orElseThrow()
                .nameField()).isEqualTo("name");
        assertThat(load("user.extension.object.yml", "fields: {x: {type: text}}").object("user").orElseThrow().fields())
                .containsKey("x");
    }

    @Test
    void makesIndexesOfSingleFieldsAndUniqueCombinations() {
        ObjectDefinition object = load("a.object.yml", """
                fields:
                  x: {type: text, index: true}
                  y: {type: text, index: true, unique: true}
                  z: {type: lookup, reference_to: user, index: true}
                indexes: {x_idx: [y, x]}
                unique_together: [[x, z]]
                """).object("a").orElseThrow();
        assertThat(object.indexes()).extracting("name", "fields", "unique").containsExactly(
                org.assertj.core.groups.Tuple.tuple("x_idx", List.of("y", "x"), false),
                org.assertj.core.groups.Tuple.tuple("x_z_key", List.of("x", "z"), true),
                org.assertj.core.groups.Tuple.tuple("x_idx2", List.of("x"), false));
    }

    @Test
    void leavesOutTheLaterFileOfAFieldThatIsWrongOnlyWithBoth() {
        Catalog catalog = load("user.object.yml", "fields:\n  locale:\n    type: select\n", "note.object.yml",
                "fields:\n  text: {type: text}\n");
        assertThat(found(catalog)).containsExactly("user.object.yml:3:5: error: a field of type select needs options"
                + " (add options: [first, second])");
        assertThat(catalog.object("user").orElseThrow().field("locale").orElseThrow().type())
                .isInstanceOf(FieldType.Text.class);
        assertThat(catalog.object("note")).isPresent();
    }

    @Test
    void saysThatAnEmptyFieldTakesNothingAway() {
        Catalog catalog = load("product.object.yml", "fields:\n  name: {type: text}\n  category: {type: text}\n",
                "z/product.object.yml", "fields:\n  category: null\n  brand: {type: text}\n");
        assertThat(found(catalog)).containsExactly("z/product.object.yml:2:3: warning: nothing is said of 'category',"
                + " which another file defines; it stays as it is (write hidden: true below it, or remove the field"
                + " where it is defined)");
        assertThat(catalog.object("product").orElseThrow().fields()).containsKeys("category", "brand");
    }
}
