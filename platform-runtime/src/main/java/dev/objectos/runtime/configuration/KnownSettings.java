package dev.objectos.runtime.configuration;

import dev.objectos.runtime.metadata.yaml.Spelling;
import java.lang.reflect.Constructor;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of this server, as the records say that read them.
 *
 * @param settings by name
 * @param records the records, by what their settings begin with; one prefix may have several
 */
record KnownSettings(List<KnownSetting> settings, Map<Class<?>, String> records) {

    /** What settings of the server begin with; those of Spring Boot begin otherwise and are its own matter. */
    static final String ROOT = "objectos.";

    private static final String SCHEMA = "https://json-schema.org/draft/2020-12/schema";

    KnownSettings {
        settings = List.copyOf(settings);
        records = Map.copyOf(records);
    }

    /** @param types records with {@code @ConfigurationProperties}; others are left out */
    static KnownSettings of(Collection<Class<?>> types) {
        var settings = new ArrayList<KnownSetting>();
        var records = new LinkedHashMap<Class<?>, String>();
        for (Class<?> type : types) {
            @Nullable
            ConfigurationProperties annotation = type.getAnnotation(ConfigurationProperties.class);
            if (annotation != null && type.isRecord() && (annotation.value() + ".").startsWith(ROOT)) {
                records.put(type, annotation.value());
                collect(annotation.value(), type, settings);
            }
        }
        // Read before there are records; see plugin.PluginSelection.
        settings.add(new KnownSetting("objectos.plugins.*.enabled", Boolean.class, false, null));
        // Each plugin's manifest says which; see plugin.added.AddedSettings.
        settings.add(new KnownSetting("objectos.plugins.*.settings.*", Object.class, false, null));
        settings.sort(Comparator.comparing(KnownSetting::name));
        return new KnownSettings(settings, records);
    }

    private static void collect(String prefix, Class<?> type, List<KnownSetting> settings) {
        RecordComponent[] components = type.getRecordComponents();
        Parameter[] parameters = canonicalConstructor(type, components).getParameters();
        for (int i = 0; i < components.length; i++) {
            @Nullable
            DefaultValue fallback = parameters[i].getAnnotation(DefaultValue.class);
            add(prefix + "." + dashed(components[i].getName()), components[i].getGenericType(),
                    fallback == null || fallback.value().length == 0 ? null : String.join(",", fallback.value()),
                    settings);
        }
    }

    private static Constructor<?> canonicalConstructor(Class<?> type, RecordComponent[] components) {
        try {
            return type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void add(String name, Type type, @Nullable String fallback, List<KnownSetting> settings) {
        if (type instanceof ParameterizedType generic && generic.getRawType() instanceof Class<?> raw) {
            Type[] arguments = generic.getActualTypeArguments();
            if (Map.class.isAssignableFrom(raw)) {
                add(name + ".*", arguments[1], null, settings);
            } else if (arguments[0] instanceof Class<?> element) {
                settings.add(new KnownSetting(name, element, true, fallback));
            }
        } else if (type instanceof Class<?> single && single.isRecord()) {
            collect(name, single, settings);
        } else if (type instanceof Class<?> single) {
            settings.add(new KnownSetting(name, single, false, fallback));
        }
    }

    /** {@code maximum-value} for {@code maximumValue}. */
    private static String dashed(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    /** What is wrong with a name that nobody reads; null: it is known, or is not the server's. */
    @Nullable
    String unknown(String name) {
        if (!name.startsWith(ROOT) || settings.stream().anyMatch(setting -> setting.matches(name))) {
            return null;
        }
        String near = Spelling.suggest(name, settings.stream().map(KnownSetting::name).toList());
        return "nothing reads '" + name + "'" + (near.isEmpty() ? "" : "; " + near);
    }

    /** A JSON Schema of the files, for editors. */
    Map<String, Object> schema() {
        Map<String, Object> root = group();
        for (KnownSetting setting : settings) {
            Map<String, Object> place = root;
            String[] words = setting.name().split("\\.", -1);
            for (int i = 0; i < words.length; i++) {
                place = i + 1 < words.length ? child(place, words[i]) : leaf(place, words[i], setting.schema());
            }
        }
        // Whatever Spring Boot reads stands beside our own.
        root.put("additionalProperties", true);
        var document = new LinkedHashMap<String, Object>();
        document.put("$schema", SCHEMA);
        document.put("title", "Settings of ObjectOS (objectos.yml)");
        document.putAll(root);
        return document;
    }

    private static Map<String, Object> group() {
        var group = new LinkedHashMap<String, Object>();
        group.put("type", List.of("object", "null"));
        group.put("properties", new LinkedHashMap<String, Object>());
        group.put("additionalProperties", false);
        return group;
    }

    @SuppressWarnings("unchecked") // groups are made here alone
    private static Map<String, Object> child(Map<String, Object> group, String word) {
        if (word.equals("*")) {
            if (!(group.get("additionalProperties") instanceof Map<?, ?>)) {
                group.put("additionalProperties", group());
            }
            return (Map<String, Object>) Objects.requireNonNull(group.get("additionalProperties"));
        }
        return (Map<String, Object>) properties(group).computeIfAbsent(word, _ -> group());
    }

    private static Map<String, Object> leaf(Map<String, Object> group, String word, Map<String, Object> schema) {
        if (word.equals("*")) {
            group.put("additionalProperties", schema);
        } else {
            properties(group).put(word, schema);
        }
        return group;
    }

    @SuppressWarnings("unchecked") // as above
    private static Map<String, Object> properties(Map<String, Object> group) {
        return (Map<String, Object>) Objects.requireNonNull(group.get("properties"));
    }
}
