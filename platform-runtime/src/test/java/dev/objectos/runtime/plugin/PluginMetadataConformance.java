package dev.objectos.runtime.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.runtime.expression.ExpressionChecker;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.metadata.MetadataItem;
import dev.objectos.runtime.metadata.MetadataSource;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.metadata.yaml.CatalogLoader;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the YAML of every business plugin must be like; a plugin inherits it and names itself. */
public abstract class PluginMetadataConformance {

    private final String plugin;
    private final Set<String> objects;
    private final Catalog catalog;

    /**
     * A plugin on the class path.
     *
     * @param code any class of its archive
     * @param objects the names of all the objects that it brings
     */
    protected PluginMetadataConformance(String plugin, Class<?> code, Set<String> objects) {
        this.plugin = plugin;
        this.objects = objects;
        this.catalog = CatalogLoader.load(1, List.of(MetadataSource.of(plugin, code)));
    }

    @Test
    void loadsWithoutErrorsOrWarnings() {
        assertThat(catalog.violations()).isEmpty();
    }

    @Test
    void everyExpressionCanBeUsed() {
        assertThat(ExpressionChecker.check(catalog)).isEmpty();
    }

    @Test
    void bringsTheObjectsThatItPromises() {
        assertThat(own()).extracting(ObjectDefinition::name).containsExactlyInAnyOrderElementsOf(objects);
    }

    @Test
    void bringsDemoRecordsOfEveryObject() {
        assertThat(catalog.items("data")).extracting(MetadataItem::object)
                .containsAll(own().map(ObjectDefinition::name).toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "zh-CN", "ja"})
    void translatesEveryObjectAndField(String locale) {
        MetadataItem translation = catalog.item("translation", locale).orElseThrow();
        Map<?, ?> objects = map(translation.content().get("objects"));

        assertThat(own().flatMap(object -> untranslated(object, map(objects.get(object.name()))))).isEmpty();
    }

    private static Stream<String> untranslated(ObjectDefinition object, Map<?, ?> translation) {
        Map<?, ?> fields = map(translation.get("fields"));
        return Stream.concat(
                Stream.of("label", "plural_label").filter(Predicate.not(translation::containsKey)),
                object.fields().values().stream().filter(field -> !field.system()).map(FieldDefinition::name)
                        .filter(Predicate.not(fields::containsKey)))
                .map(missing -> object.name() + "." + missing);
    }

    private static Map<?, ?> map(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }

    private Stream<ObjectDefinition> own() {
        return catalog.objects().stream().filter(object -> object.plugin().equals(plugin));
    }
}
