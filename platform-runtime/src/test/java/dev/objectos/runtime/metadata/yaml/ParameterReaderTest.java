package dev.objectos.runtime.metadata.yaml;

import static dev.objectos.runtime.metadata.yaml.TestingLoads.found;
import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.metadata.FieldType;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The parameters that an api declares. */
class ParameterReaderTest {

    private static Catalog api(String params) {
        return TestingLoads.load("deals.object.yml", "fields: {amount: {type: currency}}\n", "deals.api.yml",
                "path: /deals\nquery: {object: deals, fields: [amount]}\n" + params);
    }

    private static Map<String, FieldDefinition> params(Catalog catalog) {
        assertThat(found(catalog)).isEmpty();
        return catalog.item("api", "deals").orElseThrow().params();
    }

    @Test
    void readsThemByNameOrByTheirTypeAlone() {
        Map<String, FieldDefinition> params = params(
                api("params: {least: {type: integer, required: true, min: 1}, since: date}\n"));
        assertThat(params).containsOnlyKeys("least", "since");
        assertThat(params.get("least")).satisfies(least -> {
            assertThat(least.type()).hasToString("Whole[min=1, max=null]");
            assertThat(least.required()).isTrue();
        });
        assertThat(params.get("since")).extracting(FieldDefinition::type).isEqualTo(new FieldType.Date());
    }

    @Test
    void readsThemFromAListToo() {
        assertThat(params(api("params: [{name: word, type: text}, {name: most, type: integer}]\n")).keySet())
                .containsExactly("word", "most");
        assertThat(params(api(""))).isEmpty();
    }

    @Test
    void letsThemNameRecords() {
        Map<String, FieldDefinition> params = params(api("""
                params:
                  deal: {type: lookup, reference_to: deals}
                  who: {type: lookup, reference_to: users}
                  several: {type: lookup, reference_to: deals, multiple: true}
                """));
        assertThat(params.values()).extracting(param -> switch (param.type()) {
            case FieldType.Reference reference -> reference.target();
            case FieldType.References references -> "several " + references.target();
            default -> "none";
        }).containsExactly("deals", "user", "several deals");
    }

    @Test
    void refusesWhatNobodyCanGive() {
        assertThat(found(api("params: {it: {type: formula, expression: \"1 + 1\", return_type: number}}\n")))
                .singleElement().asString().startsWith("deals.api.yml:3:10: error:")
                .contains("a parameter cannot be of type formula");
        assertThat(found(api("params: {deal: {type: lookup, reference_to: dela}}\n"))).singleElement().asString()
                .contains("3:45: error: there is no object 'dela'");
    }

    @Test
    void refusesAListWithoutNamesOrWithTheSameNameTwice() {
        assertThat(found(api("params: [{type: text}, {name: a, type: text}, {name: a, type: date}]\n")))
                .containsExactly("deals.api.yml:3:10: error: the parameter has no name (add name:)",
                        "deals.api.yml:3:47: error: another parameter is named 'a' (give each its own name)");
    }
}
