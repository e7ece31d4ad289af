package dev.objectos.runtime.metadata.yaml;

import dev.objectos.runtime.metadata.Violation.Severity;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** JSON Schemas (draft 2020-12) of the metadata files, made from the tables that the reader goes by. */
public final class MetadataSchemas {

    private static final String DRAFT = "https://json-schema.org/draft/2020-12/schema";

    private static final String PLUGIN = "plugin";

    private MetadataSchemas() {}

    /** The metadata types; each has a schema. */
    public static List<String> types() {
        return MetadataKind.types();
    }

    /**
     * The schema of a type's files as JSON values, or empty where there is no such type.
     *
     * @param type a metadata type, or {@code plugin} for a plugin's manifest
     */
    public static Optional<Map<String, Object>> schema(String type) {
        if (type.equals(PLUGIN)) {
            return Optional.of(new Builder().document(PLUGIN, PluginShapes.MANIFEST, false));
        }
        for (MetadataKind kind : MetadataKind.values()) {
            if (kind.type().equals(type)) {
                return Optional.of(new Builder().document(type, KindShapes.of(kind), kind == MetadataKind.DATA));
            }
        }
        return Optional.empty();
    }

    /** One document: the root shape and, below {@code $defs}, every shape that it reaches. */
    private static final class Builder {

        private final Map<String, Object> definitions = new LinkedHashMap<>();
        private final Map<Shape, String> names = new LinkedHashMap<>();
        private final List<Shape> waiting = new ArrayList<>();

        /** @param list whether the file may also be a list of maps */
        Map<String, Object> document(String title, Shape top, boolean list) {
            var document = new LinkedHashMap<String, Object>();
            document.put("$schema", DRAFT);
            document.put("title", title);
            Map<String, Object> root = Map.of("$ref", reference(top));
            if (list) {
                document.put("anyOf", List.of(root, object("type", "array", "items", type("object"))));
            } else {
                document.putAll(root);
            }
            while (!waiting.isEmpty()) {
                Shape shape = waiting.removeFirst();
                definitions.put(names.getOrDefault(shape, shape.title()), shape(shape));
            }
            document.put("$defs", definitions);
            return Collections.unmodifiableMap(document);
        }

        private String reference(Shape shape) {
            String name = names.get(shape);
            if (name == null) {
                name = shape.title().replaceAll("[^a-z_]+", " ").strip().replace(' ', '-');
                for (int i = 2; names.containsValue(name); i++) {
                    name = name.replaceAll("-\\d+$", "") + "-" + i;
                }
                names.put(shape, name);
                waiting.add(shape);
            }
            return "#/$defs/" + name;
        }

        private Map<String, Object> shape(Shape shape) {
            var properties = new LinkedHashMap<String, Object>();
            var rules = new ArrayList<Object>();
            for (Key key : shape.keys()) {
                Map<String, Object> value = property(key);
                properties.put(key.name(), value);
                for (String alias : key.aliases()) {
                    var other = new LinkedHashMap<>(value);
                    other.put("description", "The same as " + key.name());
                    other.put("deprecated", true);
                    properties.put(alias, other);
                }
                rules(key, rules);
            }
            var result = new LinkedHashMap<String, Object>();
            result.put("type", "object");
            result.put("properties", properties);
            if (shape.unknown() == Severity.ERROR) {
                result.put("additionalProperties", false);
            }
            if (!rules.isEmpty()) {
                result.put("allOf", rules);
            }
            return result;
        }

        /** A key stands there once, in one spelling; a mandatory one stands there. */
        private static void rules(Key key, List<Object> rules) {
            Set<String> spellings = new LinkedHashSet<>(key.aliases());
            spellings.add(key.name());
            List<Object> alternatives = spellings.stream()
                    .map(word -> (Object) Map.of("required", List.of(word))).toList();
            if (key.mandatory()) {
                rules.add(Map.of("oneOf", alternatives));
            } else if (spellings.size() > 1) {
                rules.add(Map.of("anyOf", List.of(Map.of("oneOf", alternatives),
                        Map.of("not", Map.of("anyOf", alternatives)))));
            }
        }

        private Map<String, Object> property(Key key) {
            var property = new LinkedHashMap<>(value(key.value()));
            if (!(key.value() instanceof Value.Any) && !key.mandatory()) {
                // A key without a value is a key that is not there.
                Map<String, Object> some = new LinkedHashMap<>(property);
                property.clear();
                property.put("anyOf", List.of(some, Map.of("type", "null")));
            }
            if (!key.description().isEmpty()) {
                property.put("description", key.description());
            }
            return property;
        }

        private Map<String, Object> value(Value value) {
            return switch (value) {
                case Value.Text _ -> type("string", "number", "boolean");
                case Value.Flag _ -> type("boolean");
                case Value.Decimal _ -> type("number");
                case Value.Any _ -> Map.of();
                case Value.Expression _ -> type("string", "number", "boolean");
                case Value.Word(var words) -> Map.of("enum", List.copyOf(words.keySet()));
                case Value.Whole(Integer min, Integer max) -> {
                    var whole = new LinkedHashMap<>(type("integer"));
                    if (min != null) {
                        whole.put("minimum", min);
                    }
                    if (max != null) {
                        whole.put("maximum", max);
                    }
                    yield whole;
                }
                case Value.Many(Value element, boolean single) -> {
                    Map<String, Object> list = object("type", "array", "items", value(element));
                    yield single ? anyOf(value(element), list) : list;
                }
                case Value.Dictionary(Value element) ->
                    object("type", "object", "additionalProperties", value(element));
                case Value.Named(Value element, boolean keyedOnly) -> {
                    Map<String, Object> map = object("type", "object", "additionalProperties",
                            anyOf(value(element), type("null")));
                    yield keyedOnly ? map : anyOf(map, object("type", "array", "items", value(element)));
                }
                case Value.Nested(var shape) -> Map.of("$ref", reference(shape.get()));
                case Value.Either(var alternatives) -> anyOf(alternatives.stream().map(this::value).toArray());
            };
        }

        private static Map<String, Object> type(String... names) {
            return Map.of("type", names.length == 1 ? names[0] : List.of(names));
        }

        /** Two members in this order, so that the document is the same each time. */
        private static Map<String, Object> object(String key, Object value, String other, Object otherValue) {
            var object = new LinkedHashMap<String, Object>();
            object.put(key, value);
            object.put(other, otherValue);
            return object;
        }

        private static Map<String, Object> anyOf(Object... alternatives) {
            return Map.of("anyOf", List.of(alternatives));
        }
    }
}
