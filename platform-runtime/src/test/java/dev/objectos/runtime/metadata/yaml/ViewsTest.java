package dev.objectos.runtime.metadata.yaml;

import static dev.objectos.runtime.metadata.yaml.TestingLoads.found;
import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.MetadataSource;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.metadata.TestingCatalogs;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Objects whose records a plugin of the platform stores in its own way. */
final class ViewsTest {

    private static final MetadataSource PLUGIN = TestingCatalogs.source("people",
            Map.of("_staff.object.yml", "{view: true, fields: {name: {type: text}}}", "tasks.object.yml",
                    "fields: {title: {type: text}}"));

    private static Catalog beside(String path, String yaml) {
        return CatalogLoader.load(1,
                List.of(PLUGIN, TestingCatalogs.source(MetadataSource.FOLDER, Map.of(path, yaml))));
    }

    @Test
    void haveTheFieldsThatAViewCanShow() {
        ObjectDefinition staff = CatalogLoader.load(1, List.of(PLUGIN)).object("_staff").orElseThrow();
        assertThat(staff.view()).isTrue();
        assertThat(staff.fields().keySet()).containsExactly("name", "id", "created_at", "updated_at", "version");
    }

    @Test
    void areNotMadeOutsideOfPlugins() {
        Catalog catalog = beside("mine.object.yml", "{view: true, fields: {name: {type: text}}}");
        assertThat(catalog.object("mine")).isEmpty();
        assertThat(found(catalog)).singleElement().asString().contains("only plugins show as records");
    }

    @Test
    void getNoFieldsBesideTheirOwn() {
        Catalog catalog = beside("more.object.yml", "{extends: _staff, fields: {secret: {type: text}}}");
        assertThat(catalog.object("_staff").orElseThrow().field("secret")).isEmpty();
        assertThat(found(catalog)).singleElement().asString().contains("no further fields");
    }

    @Test
    void areNotMadeOfTables() {
        Catalog catalog = beside("more.object.yml", "{extends: tasks, view: true}");
        assertThat(catalog.object("tasks").orElseThrow().view()).isFalse();
        assertThat(found(catalog)).singleElement().asString().contains("was said where it is defined");
    }

    @Test
    void areNothingThatALookupLeadsTo() {
        Catalog catalog = beside("jobs.object.yml", "fields: {who: {type: lookup, reference_to: _staff}}");
        assertThat(catalog.object("jobs")).isEmpty();
        assertThat(found(catalog)).singleElement().asString().contains("no record can refer to");
    }
}
