package dev.objectos.runtime.i18n;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.metadata.FieldType;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.metadata.SelectOption;
import dev.objectos.runtime.metadata.TestingCatalogs;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TranslationsTest {

    private static final Catalog CATALOG = TestingCatalogs.ofFiles(Map.of("deals.object.yml", """
            label: Deal
            description: What we sell
            fields:
              name: {type: text, label: Title, help_text: Short}
              status: {type: select, options: [open, won]}
            validations: [{name: named, condition: "record.name != 'x'", message: Not x, fields: [name]}]
            actions: {close: {label: Close, confirm_text: Sure?, params: {why: {type: text, label: Why}}}}
            """, "translations/de.yml", """
            deals:
              label: Geschäft
              fields: {name: {label: Titel, help_text: Kurz, placeholder: Titel hier}, status: Stand}
              options: {status: {open: Offen}}
              messages: {named: Nicht x}
              actions: {close: {label: Schliessen, confirm_text: Sicher?, params: {why: Warum}}}
            menus: {sales: Verkauf}
            """, "translations/de-CH.yml", "deals: {fields: {status: Zustand}}", "translations/zh-CN.yml",
            "objects: {deals: 交易}"));
    private static final Translations TRANSLATIONS = Translations.of(CATALOG);

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"zh | zh-CN", "zh-CN | zh-CN", "zh-TW | zh-CN", "de-AT | de", "de-CH | de-CH",
            "DE | de", "de-CH-1996 | de-CH", "fr, de;q=0.5 | de", "de;q=0.3, ja;q=0.8 | ja", "de;q=0, ja;q=0.1 | ja",
            "zh-TW, de | de", "en-GB | en", "fr | ja", "* | ja", "fr, *;q=0.1 | ja", "'' | ja", ";;q=x | ja",
            "zh_CN | ja"})
    void choosesTheNearestOfTheWishes(String header, String chosen) {
        assertThat(TRANSLATIONS.choose(header, Locale.JAPANESE).toLanguageTag()).isEqualTo(chosen);
    }

    @Test
    void speaksTheUsualLanguageWhereNoWishCanBeMet() {
        assertThat(TRANSLATIONS.choose(null, Locale.FRENCH)).isEqualTo(Locale.ENGLISH);
        assertThat(TRANSLATIONS.choose("x".repeat(9_000), Locale.GERMANY)).isEqualTo(Locale.GERMAN);
        assertThat(TRANSLATIONS.locales()).extracting(Locale::toLanguageTag).containsExactly("en", "zh-CN", "ja", "de",
                "de-CH");
    }

    @Test
    void saysAnObjectInAnotherLanguage() {
        ObjectDefinition deals = said("de");
        assertThat(deals.label()).isEqualTo("Geschäft");
        assertThat(deals.description()).as("nobody has translated it").isEqualTo("What we sell");
        FieldDefinition name = deals.field("name").orElseThrow();
        assertThat(name.label()).isEqualTo("Titel");
        assertThat(name.helpText()).isEqualTo("Kurz");
        assertThat(name.descriptive()).containsEntry("placeholder", "Titel hier");
        assertThat(((FieldType.Choice) deals.field("status").orElseThrow().type()).options())
                .extracting(SelectOption::label).containsExactly("Offen", "Won");
        assertThat(deals.validations().getFirst().message()).isEqualTo("Nicht x");
        var close = deals.actions().values().iterator().next();
        assertThat(close.label()).isEqualTo("Schliessen");
        assertThat(close.definition()).containsEntry("confirm_text", "Sicher?");
        assertThat(close.params().values()).extracting(FieldDefinition::label).containsExactly("Warum");
    }

    @Test
    void fallsBackFromARegionToItsLanguageAndThenToTheAuthorsWords() {
        assertThat(said("de-CH").field("status").orElseThrow().label()).isEqualTo("Zustand");
        assertThat(said("de-CH").field("name").orElseThrow().label()).isEqualTo("Titel");
        assertThat(said("zh").label()).isEqualTo("交易");
        assertThat(said("zh").field("name").orElseThrow().label()).isEqualTo("Title");
        assertThat(said("ja")).isSameAs(CATALOG.object("deals").orElseThrow());
    }

    @Test
    void keepsWhatBelongsToNoObject() {
        assertThat(TRANSLATIONS.others(Locale.of("de", "CH"))).isEqualTo(Map.of("menus", Map.of("sales", "Verkauf")));
    }

    private static ObjectDefinition said(String tag) {
        return TRANSLATIONS.object(CATALOG.object("deals").orElseThrow(), Locale.forLanguageTag(tag));
    }
}
