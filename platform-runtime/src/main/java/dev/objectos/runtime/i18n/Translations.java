package dev.objectos.runtime.i18n;

import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.MetadataItem;
import dev.objectos.runtime.metadata.ObjectDefinition;
import java.util.ArrayList;
import java.util.IllformedLocaleException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a catalog says to people, in every language that its translations know. A text that a language does not have is the
 * author's own.
 */
public final class Translations {

    /** What is spoken where nobody wishes for anything else. */
    public static final Locale USUAL = Locale.ENGLISH;

    private static final String OBJECTS = "objects";

    private final Map<Locale, Map<String, Object>> written = new LinkedHashMap<>();
    private final Locales locales;
    private final Map<Key, ObjectDefinition> objects = new ConcurrentHashMap<>();

    private Translations(Catalog catalog) {
        for (MetadataItem item : catalog.items("translation")) {
            locale(item.name()).ifPresent(locale -> written.put(locale, item.content()));
        }
        locales = new Locales(Stream.concat(PlatformMessages.LOCALES.stream(),
                written.keySet().stream().sorted((a, b) -> a.toLanguageTag().compareTo(b.toLanguageTag()))).toList());
    }

    /** Those of a snapshot, made on first use. */
    public static Translations of(Catalog catalog) {
        return catalog.derive(Translations.class, Translations::new);
    }

    /** Every locale that something is said in, the platform's own first. */
    public List<Locale> locales() {
        return locales.all();
    }

    /**
     * The locale to answer in.
     *
     * @param acceptLanguage the header (RFC 9110); null, or nothing that is spoken here: the other wish counts
     * @param otherwise what the person has chosen for good
     */
    public Locale choose(@Nullable String acceptLanguage, Locale otherwise) {
        return locales.accepted(acceptLanguage).orElseGet(() -> spoken(otherwise));
    }

    /** The nearest locale that something is said in. */
    public Optional<Locale> find(Locale wanted) {
        return locales.find(wanted);
    }

    /** The object with the labels, descriptions and messages of the nearest locale. */
    public ObjectDefinition object(ObjectDefinition object, Locale wanted) {
        Locale locale = spoken(wanted);
        Texts texts = texts(object, locale);
        if (texts.isEmpty()) {
            return object;
        }
        return objects.computeIfAbsent(new Key(object, locale), _ -> new TranslatedObject(object, texts).definition());
    }

    /**
     * The texts that belong to no object, such as {@code messages}, as trees of the files' own keys.
     *
     * @param wanted the nearest locale's
     */
    public Map<String, Object> others(Locale wanted) {
        Map<String, Object> all = chain(spoken(wanted)).merged();
        all.remove(OBJECTS);
        return all;
    }

    /** What is said of one object, as a tree of the files' own keys. */
    public Map<String, Object> texts(String object, Locale wanted) {
        return chain(spoken(wanted)).below(OBJECTS, object).merged();
    }

    Texts texts(ObjectDefinition object, Locale locale) {
        return chain(locale).below(OBJECTS, object.name());
    }

    /** What the application says in place of the platform's own message for a code. */
    Optional<String> message(String code, Locale locale) {
        return chain(locale).text("messages", code);
    }

    Locale spoken(Locale wanted) {
        return find(wanted).orElse(USUAL);
    }

    /** The locale's files, and those of its language. */
    private Texts chain(Locale locale) {
        var trees = new ArrayList<Map<?, ?>>();
        Stream.of(locale, Locale.of(locale.getLanguage())).distinct().map(written::get)
                .forEach(tree -> {
                    if (tree != null) {
                        trees.add(tree);
                    }
                });
        return new Texts(trees);
    }

    private static Optional<Locale> locale(String name) {
        try {
            Locale locale = new Locale.Builder().setLanguageTag(name.replace('_', '-')).build();
            return locale.getLanguage().isEmpty() ? Optional.empty() : Optional.of(locale);
        } catch (IllformedLocaleException _) {
            return Optional.empty(); // a folder of translations may hold more than languages
        }
    }

    /** Definitions are compared by identity: equality would compare the whole of them. */
    private static final class Key {

        private final ObjectDefinition object;
        private final Locale locale;

        Key(ObjectDefinition object, Locale locale) {
            this.object = object;
            this.locale = locale;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Key key && key.object == object && key.locale.equals(locale);
        }

        @Override
        public int hashCode() {
            return 31 * System.identityHashCode(object) + locale.hashCode();
        }
    }
}
