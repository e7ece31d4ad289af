package dev.objectos.server.metadata;

import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.MetadataItem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The words of a language in the place of those that objects are written with, where the language has them.
 *
 * @param locale of the translations, such as {@code zh-CN}; empty: the words stay as they are
 * @param objects what the language says, by object
 */
record Translation(String locale, Map<String, Object> objects) {

    /** What objects are written with. */
    static final Translation NONE = new Translation("", Map.of());

    private static final String TRANSLATION = "translation";
    private static final List<String> OF_OBJECTS = List.of("label", "plural_label", "description");

    /** The languages of what most files are written in need no translation. */
    private static final String WRITTEN_IN = "en";

    /** @param accepted an {@code Accept-Language} header; null: none */
    static Translation of(Catalog catalog, @Nullable String accepted) {
        if (accepted == null || accepted.isBlank()) {
            return NONE;
        }
        List<String> known = catalog.items(TRANSLATION).stream().map(MetadataItem::name).toList();
        for (Locale.LanguageRange range : ranges(accepted)) {
            String tag = best(range, known);
            if (tag != null) {
                return catalog.item(TRANSLATION, tag).map(item -> new Translation(tag, map(item.content(), "objects")))
                        .orElse(NONE);
            }
            if (range.getRange().equals("*") || range.getRange().split("-", 2)[0].equals(WRITTEN_IN)) {
                return NONE;
            }
        }
        return NONE;
    }

    private static List<Locale.LanguageRange> ranges(String accepted) {
        try {
            return Locale.LanguageRange.parse(accepted).stream().filter(range -> range.getWeight() > 0).toList();
        } catch (IllegalArgumentException _) {
            return List.of(); // a header that nobody can read asks for nothing
        }
    }

    /** {@code zh} takes {@code zh-CN}, and so does {@code zh-CN-x}. */
    private static @Nullable String best(Locale.LanguageRange range, List<String> known) {
        if (range.getRange().equals("*")) {
            return null;
        }
        String exact = Locale.lookupTag(List.of(range), known);
        List<String> wider = exact == null ? Locale.filterTags(List.of(range), known) : List.of();
        return known.stream().filter(tag -> tag.equalsIgnoreCase(exact == null && !wider.isEmpty()
                ? wider.getFirst()
                : exact)).findFirst().orElse(null);
    }

    /** An object as {@link ObjectRendering} shows it, in this language; the one that is given is not changed. */
    Map<String, Object> translated(String object, Map<String, Object> rendered) {
        Map<String, Object> words = map(objects, object);
        if (words.isEmpty()) {
            return rendered;
        }
        var translated = new LinkedHashMap<>(rendered);
        OF_OBJECTS.forEach(key -> say(translated, key, words.get(key)));
        Map<String, Object> options = map(words, "options");
        each(translated, "fields", (name, field) -> {
            say(field, "label", map(words, "fields").get(name));
            say(field, "help_text", map(words, "help_texts").get(name));
            say(field, "description", map(words, "descriptions").get(name));
            if (field.get("options") instanceof List<?> list) {
                field.put("options", list.stream().map(option -> option(option, map(options, name))).toList());
            }
        });
        each(translated, "actions", (name, action) -> say(action, "label",
                map(map(words, "actions"), name).get("label")));
        Map<String, Object> messages = map(words, "messages");
        if (translated.get("validations") instanceof List<?> rules) {
            translated.put("validations", rules.stream().map(rule -> rule(rule, messages)).toList());
        }
        return translated;
    }

    private static Object option(Object option, Map<String, Object> labels) {
        return option instanceof Map<?, ?> map
                ? changed(map, "label", labels.get(String.valueOf(map.get("value"))))
                : option;
    }

    private static Object rule(Object rule, Map<String, Object> messages) {
        return rule instanceof Map<?, ?> map
                ? changed(map, "message", messages.get(String.valueOf(map.get("name"))))
                : rule;
    }

    private static Map<String, Object> changed(Map<?, ?> map, String key, @Nullable Object text) {
        Map<String, Object> changed = entries(map);
        say(changed, key, text);
        return changed;
    }

    private static void say(Map<String, Object> into, String key, @Nullable Object text) {
        if (text instanceof String) {
            into.put(key, text);
        }
    }

    /** What is done with a named part of an object. */
    private interface Part {

        void with(String name, Map<String, Object> part);
    }

    private static void each(Map<String, Object> object, String key, Part work) {
        if (object.get(key) instanceof Map<?, ?> parts) {
            var changed = new LinkedHashMap<String, Object>();
            parts.forEach((name, part) -> {
                if (part instanceof Map<?, ?> map) {
                    Map<String, Object> copy = entries(map);
                    work.with(String.valueOf(name), copy);
                    changed.put(String.valueOf(name), copy);
                } else {
                    changed.put(String.valueOf(name), part);
                }
            });
            object.put(key, changed);
        }
    }

    private static Map<String, Object> map(Map<String, ?> from, String key) {
        return from.get(key) instanceof Map<?, ?> map ? entries(map) : Map.of();
    }

    private static Map<String, Object> entries(Map<?, ?> map) {
        var entries = new LinkedHashMap<String, Object>();
        map.forEach((key, value) -> entries.put(String.valueOf(key), value));
        return entries;
    }

    /**
     * What somebody sends back who has read it in this language, with the words that it is written with: whatever they left as
     * they read it.
     *
     * @param written as it is shown without a translation
     * @param read as it is shown in this language
     */
    static @Nullable Object restored(@Nullable Object sent, @Nullable Object written, @Nullable Object read) {
        if (Objects.equals(sent, read)) {
            return written;
        }
        if (sent instanceof Map<?, ?> map && written instanceof Map<?, ?> before && read instanceof Map<?, ?> shown) {
            var restored = new LinkedHashMap<String, @Nullable Object>();
            map.forEach((key, value) -> restored.put(String.valueOf(key), shown.containsKey(key)
                    ? restored(value, before.get(key), shown.get(key))
                    : value));
            return restored;
        }
        if (sent instanceof List<?> list && written instanceof List<?> before && read instanceof List<?> shown
                && list.size() == shown.size()) {
            var restored = new ArrayList<@Nullable Object>();
            for (int i = 0; i < list.size(); i++) {
                restored.add(restored(list.get(i), before.get(i), shown.get(i)));
            }
            return restored;
        }
        return sent;
    }
}
