package dev.objectos.runtime.metadata.yaml;

import dev.objectos.runtime.metadata.MetadataItem;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.metadata.SourceLocation;
import dev.objectos.runtime.metadata.yaml.Element.Entries;
import dev.objectos.runtime.metadata.yaml.Element.Entry;
import dev.objectos.runtime.metadata.yaml.Element.Items;
import dev.objectos.runtime.metadata.yaml.Element.Scalar;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Puts the translations of a locale together from its files. What comes out is
 * {@code {objects: {<object>: {label, fields: {<field>: <label>}, help_texts, options: {<field>: {<value>: <label>}},
 * actions: {<action>: {label, …}}}}, <anything else>}}.
 */
final class TranslationReader {

    private final Map<String, ObjectDefinition> objects;
    private final Violations violations;
    private final Map<String, Locale> locales = new LinkedHashMap<>();

    /** What the files of a locale have said so far. */
    private static final class Locale {

        private final String plugin;
        private final SourceLocation first;
        private final Map<String, Object> objects = new LinkedHashMap<>();
        private final Map<String, Object> others = new LinkedHashMap<>();
        private final List<SourceLocation> positions = new ArrayList<>();

        private Locale(String plugin, SourceLocation first) {
            this.plugin = plugin;
            this.first = first;
        }
    }

    TranslationReader(Map<String, ObjectDefinition> objects, Violations violations) {
        this.objects = objects;
        this.violations = violations;
    }

    void read(Part part) {
        String name = part.located().stem();
        Findings findings = violations.findings("translation", name);
        Locale locale = locales.computeIfAbsent(name, _ -> new Locale(part.plugin(), part.top()));
        Entries root = (Entries) part.content();
        if (root.entries().size() == 1 && root.get(name) instanceof Entries inner) {
            root = inner;
        }
        String file = fileName(part.label());
        if (root.get("label") instanceof Scalar || root.has("fields")) {
            object(locale, file, root, root.where(), findings);
            return;
        }
        root.entries().forEach((key, entry) -> {
            if (key.equals("objects") && entry.value() instanceof Entries map) {
                map.entries().forEach((object, translation) -> object(locale, object, translation.value(),
                        translation.keyWhere(), findings));
            } else if (isObject(key, entry.value())) {
                object(locale, key, entry.value(), entry.keyWhere(), findings);
            } else if (!key.equals("locale") && !key.equals("name")) {
                locale.positions.add(entry.keyWhere());
                merge(locale.others, key, entry.value().plain());
            }
        });
    }

    /** What the rules of an object say in several languages; files that are read afterwards come before. */
    void rules(ObjectDefinition object, Entries rules) {
        rules.entries().forEach((rule, entry) -> {
            if (entry.value() instanceof Entries written && written.get("message") instanceof Entries byLocale) {
                byLocale.entries().forEach((name, message) -> {
                    if (!name.equals(RuleReader.LANGUAGE) && message.value() instanceof Scalar text) {
                        Locale locale = locales.computeIfAbsent(name,
                                _ -> new Locale(object.plugin(), message.keyWhere()));
                        locale.positions.add(message.keyWhere());
                        merge(locale.objects, object.name(), Map.of("messages", Map.of(rule, text.text())));
                    }
                });
            }
        });
    }

    Collection<MetadataItem> items() {
        var items = new ArrayList<MetadataItem>();
        locales.forEach((name, locale) -> {
            var content = new LinkedHashMap<String, Object>();
            content.put("objects", locale.objects);
            content.putAll(locale.others);
            items.add(new MetadataItem("translation", name, null, content, locale.positions, locale.plugin,
                    locale.first));
        });
        return items;
    }

    private boolean isObject(String key, Element value) {
        boolean known = objects.containsKey(ObjectAssembly.canonical(key));
        return switch (value) {
            case Entries map -> known || map.has("fields");
            case Scalar label -> known && label.value() != null;
            case Items _ -> false;
        };
    }

    private void object(Locale locale, String name, Element written, SourceLocation where, Findings findings) {
        locale.positions.add(where);
        ObjectDefinition object = objects.get(ObjectAssembly.canonical(name));
        if (object == null) {
            findings.warning(where, "there is no object '" + name + "' to translate",
                    Spelling.suggest(name, objects.keySet()));
            return;
        }
        if (written instanceof Scalar label) {
            merge(locale.objects, object.name(), Map.of("label", label.text()));
        } else if (written instanceof Entries map) {
            merge(locale.objects, object.name(), normal(object, map, findings));
        }
    }

    private static Map<String, Object> normal(ObjectDefinition object, Entries map, Findings findings) {
        var result = new LinkedHashMap<String, Object>();
        map.entries().forEach((key, entry) -> {
            switch (key) {
                case "fields" -> fields(object, entry, result, findings);
                case "actions" -> actions(object, entry, result, findings);
                default -> merge(result, key, entry.value().plain());
            }
        });
        return result;
    }

    private static void fields(ObjectDefinition object, Entry written, Map<String, Object> result, Findings findings) {
        if (!(written.value() instanceof Entries fields)) {
            findings.warning(written.keyWhere(), "'fields' must be a map of labels", "write fields: {name: …}");
            return;
        }
        fields.entries().forEach((name, entry) -> {
            if (!object.fields().containsKey(name)) {
                findings.warning(entry.keyWhere(), object.name() + " has no field '" + name + "'",
                        Spelling.suggest(name, object.fields().keySet()));
                return;
            }
            if (entry.value() instanceof Scalar label) {
                merge(result, "fields", Map.of(name, label.text()));
            } else if (entry.value() instanceof Entries parts) {
                parts.entries().forEach((part, text) -> {
                    Object plain = text.value().plain();
                    if (plain != null) {
                        merge(result, part.equals("label") ? "fields" : part.equals("options") ? part : part + "s",
                                Map.of(name, plain));
                    }
                });
            }
        });
    }

    private static void actions(ObjectDefinition object, Entry written, Map<String, Object> result, Findings findings) {
        if (!(written.value() instanceof Entries actions)) {
            return;
        }
        actions.entries().forEach((name, entry) -> {
            if (!object.actions().containsKey(name)) {
                findings.warning(entry.keyWhere(), object.name() + " has no action '" + name + "'",
                        Spelling.suggest(name, object.actions().keySet()));
            }
            Object plain = entry.value() instanceof Scalar label
                    ? Map.of("label", label.text())
                    : entry.value().plain();
            merge(result, "actions", Map.of(name, Objects.requireNonNullElse(plain, Map.of())));
        });
    }

    /** Adds a value below a key; maps add up, anything else is replaced. */
    @SuppressWarnings("unchecked") // maps in here have text keys: they come from YAML
    private static void merge(Map<String, Object> into, String key, @Nullable Object value) {
        if (value == null) {
            return;
        }
        if (value instanceof Map<?, ?> added) {
            var merged = into.get(key) instanceof Map<?, ?> known
                    ? new LinkedHashMap<>((Map<String, Object>) known)
                    : new LinkedHashMap<String, Object>();
            ((Map<String, Object>) added).forEach((name, inner) -> merge(merged, name, inner));
            into.put(key, merged);
        } else {
            into.put(key, value);
        }
    }

    private static String fileName(String label) {
        String file = label.substring(label.lastIndexOf('/') + 1);
        return file.substring(0, file.indexOf('.') < 0 ? file.length() : file.indexOf('.'));
    }
}
