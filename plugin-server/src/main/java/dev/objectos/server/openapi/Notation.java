package dev.objectos.server.openapi;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The short way in which descriptions write JSON Schema, much as programs write types. A text is a type:
 *
 * <pre>
 * string, integer, number, boolean, object, any, binary, uuid, date, time, instant, uri, email
 * on|off                          one of these words
 * Member, #accounts               a schema of the components; in lower case only behind #
 * list of Member, map of string   also within each other
 * uuid?                           or null
 * integer 1..1000 = 100 -- text   with bounds (of length, where it is no number), what it is where absent, what it means
 * </pre>
 *
 * A map is an object with these properties, of which those with a {@code ?} behind their name may be missing. {@code $all} and
 * {@code $any} combine a list of schemas; what stands beneath {@code $is} is JSON Schema as it is.
 */
final class Notation {

    private static final Pattern TYPE = Pattern.compile(
            "((?:list of |map of )*)([^\\s?]+)(\\?)?(?: ([^\\s.]*)\\.\\.([^\\s.]*))?(?: = (.+?))?(?: -- (.+))?",
            Pattern.DOTALL);
    private static final String LITERAL = "$is";

    private Notation() {}

    /** @throws IllegalArgumentException where that is no type */
    static Map<String, Object> schema(@Nullable Object written) {
        return switch (written) {
            case String text -> type(text);
            case Map<?, ?> map when map.containsKey(LITERAL) -> Tree.of(map.get(LITERAL));
            case Map<?, ?> map when map.containsKey("$all") -> combined("allOf", map.get("$all"));
            case Map<?, ?> map when map.containsKey("$any") -> combined("anyOf", map.get("$any"));
            case Map<?, ?> map -> object(Tree.of(map));
            case null, default -> throw new IllegalArgumentException(written + " is no type");
        };
    }

    static Map<String, Object> reference(String kind, String name) {
        return Map.of("$ref", "#/components/" + kind + "/" + name);
    }

    private static Map<String, Object> combined(String how, @Nullable Object parts) {
        var combined = new LinkedHashMap<String, Object>();
        combined.put(how, Tree.list(parts).stream().map(Notation::schema).toList());
        return combined;
    }

    private static Map<String, Object> object(Map<String, Object> written) {
        var properties = new LinkedHashMap<String, Object>();
        var required = new ArrayList<String>();
        written.forEach((name, type) -> {
            if (name.endsWith("?")) {
                properties.put(name.substring(0, name.length() - 1), withoutDefault(schema(type)));
            } else {
                properties.put(name, schema(type));
                required.add(name);
            }
        });
        return object(properties, required);
    }

    /** What a member is where it is missing is said in words: generators take one that has a default for one that is always there. */
    private static Map<String, Object> withoutDefault(Map<String, Object> schema) {
        Object value = schema.remove("default");
        if (value != null) {
            Object meaning = schema.get("description");
            schema.put("description", (meaning == null ? "" : meaning + "; ") + value + " where absent");
        }
        return schema;
    }

    /** An object with these properties, some of which must be there. */
    static Map<String, Object> object(Map<String, Object> properties, List<String> required) {
        Map<String, Object> schema = plain("object");
        if (!properties.isEmpty()) {
            schema.put("properties", properties);
        }
        if (!required.isEmpty()) {
            schema.put("required", required);
        }
        return schema;
    }

    private static Map<String, Object> type(String text) {
        Matcher matcher = TYPE.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("\"" + text + "\" is no type");
        }
        Map<String, Object> schema = base(matcher.group(2));
        String around = matcher.group(1);
        while (!around.isEmpty()) {
            boolean list = around.endsWith("list of ");
            around = around.substring(0, around.length() - (list ? "list of " : "map of ").length());
            Map<String, Object> outer = plain(list ? "array" : "object");
            outer.put(list ? "items" : "additionalProperties", schema);
            schema = outer;
        }
        bound(schema, matcher.group(4), "minimum", "minLength", "minItems");
        bound(schema, matcher.group(5), "maximum", "maxLength", "maxItems");
        if (matcher.group(6) != null) {
            schema.put("default", value(schema, matcher.group(6)));
        }
        if (matcher.group(3) != null) {
            schema = nullable(schema);
        }
        if (matcher.group(7) != null) {
            schema.put("description", matcher.group(7));
        }
        return schema;
    }

    private static Map<String, Object> base(String name) {
        if (name.contains("|")) {
            Map<String, Object> words = plain("string");
            words.put("enum", List.of(name.split("\\|")));
            return words;
        }
        if (name.startsWith("#") || Character.isUpperCase(name.charAt(0))) {
            return new LinkedHashMap<>(reference("schemas", name.startsWith("#") ? name.substring(1) : name));
        }
        return switch (name) {
            case "any" -> new LinkedHashMap<>();
            case "string", "integer", "number", "boolean" -> plain(name);
            case "object" -> anyObject();
            case "uuid", "date", "time", "uri", "email", "binary" -> format(name);
            case "instant" -> format("date-time");
            default -> throw new IllegalArgumentException("There is no type \"" + name + "\"");
        };
    }

    /** One of whose members nothing is known; without saying so, some take it for one without any. */
    private static Map<String, Object> anyObject() {
        Map<String, Object> schema = plain("object");
        schema.put("additionalProperties", true);
        return schema;
    }

    private static void bound(Map<String, Object> schema, @Nullable String bound, String ofNumbers, String ofTexts,
            String ofLists) {
        if (bound != null && !bound.isEmpty()) {
            String word = switch (String.valueOf(schema.get("type"))) {
                case "integer", "number" -> ofNumbers;
                case "array" -> ofLists;
                default -> ofTexts;
            };
            schema.put(word, Long.valueOf(bound));
        }
    }

    private static Object value(Map<String, Object> schema, String text) {
        return switch (String.valueOf(schema.get("type"))) {
            case "integer" -> Long.valueOf(text);
            case "boolean" -> Boolean.valueOf(text);
            default -> text;
        };
    }

    /** The same, or null. */
    static Map<String, Object> nullable(Map<String, Object> schema) {
        if (schema.get("type") instanceof String type && !schema.containsKey("enum")) {
            schema.put("type", List.of(type, "null"));
            return schema;
        }
        if (schema.isEmpty()) {
            return schema;
        }
        var either = new LinkedHashMap<String, Object>();
        either.put("anyOf", List.of(schema, Map.of("type", "null")));
        return either;
    }

    static Map<String, Object> format(String format) {
        Map<String, Object> schema = plain("string");
        schema.put("format", format);
        return schema;
    }

    static Map<String, Object> plain(String type) {
        var schema = new LinkedHashMap<String, Object>();
        schema.put("type", type);
        return schema;
    }
}
