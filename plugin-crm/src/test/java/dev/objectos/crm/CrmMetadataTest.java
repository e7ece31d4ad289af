package dev.objectos.crm;

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
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The plugin's YAML as a server loads it. */
class CrmMetadataTest {

    private static final Catalog CATALOG = CatalogLoader.load(1,
            List.of(MetadataSource.of(CrmPlugin.ID, CrmPlugin.class)));

    @Test
    void loadsWithoutErrorsOrWarnings() {
        assertThat(CATALOG.violations()).isEmpty();
    }

    @Test
    void everyExpressionCanBeUsed() {
        assertThat(ExpressionChecker.check(CATALOG)).isEmpty();
    }

    @Test
    void bringsTheObjectsThatItPromises() {
        assertThat(own()).extracting(ObjectDefinition::name).containsExactlyInAnyOrder("accounts", "contacts", "leads",
                "opportunities", "products", "price_books", "price_book_entries", "quotes", "quote_lines",
                "orders", "order_lines", "activities");
    }

    @Test
    void bringsDemoRecordsOfEveryObject() {
        assertThat(CATALOG.items("data")).extracting(MetadataItem::object)
                .containsAll(own().map(ObjectDefinition::name).toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "zh-CN", "ja"})
    void translatesEveryObjectAndField(String locale) {
        MetadataItem translation = CATALOG.item("translation", locale).orElseThrow();
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

    private static Stream<ObjectDefinition> own() {
        return CATALOG.objects().stream().filter(object -> object.plugin().equals(CrmPlugin.ID));
    }
}
