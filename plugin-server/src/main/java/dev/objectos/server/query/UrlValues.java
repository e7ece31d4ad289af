package dev.objectos.server.query;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.metadata.FieldType;
import dev.objectos.runtime.metadata.FieldValues;
import dev.objectos.server.json.JsonReader;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Text of a URL as the value that JSON would have given. */
final class UrlValues {

    private static final Pattern WHOLE = Pattern.compile("\\d{1,9}");
    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d{1,100}(\\.\\d{1,100})?([eE][+-]?\\d{1,3})?");

    private UrlValues() {}

    /** The same arguments as a JSON body would hold. */
    static QueryArguments asJson(QueryArguments given) {
        var known = new EnumMap<QueryKey, Object>(QueryKey.class);
        given.known().forEach((key, value) -> {
            Object read = key(key, String.valueOf(value));
            if (read != null) {
                known.put(key, read);
            }
        });
        return new QueryArguments(known, given.others());
    }

    private static @Nullable Object key(QueryKey key, String text) {
        return switch (key) {
            case WHERE, HAVING -> JsonReader.read(text, RuntimeError.INVALID_FILTER, "\"" + key.spelling() + "\"");
            case AGGREGATIONS -> json(text, "\"" + key.spelling() + "\"");
            case FIELDS, ORDER_BY, EXPAND, GROUP_BY -> text.startsWith("[") || text.startsWith("{")
                    ? json(text, "\"" + key.spelling() + "\"")
                    : text;
            case LIMIT, OFFSET -> whole(key, text);
            case COUNT -> flag(key, text);
            case OBJECT, CURSOR, SEARCH -> text;
        };
    }

    /** What a field of that type is compared with; null: the test for null. */
    static @Nullable Object value(FieldType type, String text) {
        return switch (type) {
            case FieldType.Text _,FieldType.Password _,FieldType.Secret _,FieldType.Choice _,FieldType.AutoNumber _ ->
                text;
            case FieldType.File file -> file.multiple() ? listed(text) : text;
            case FieldType.Decimal _,FieldType.Whole _ -> orNull(text, number(text));
            case FieldType.Summary summary -> value(FieldValues.scalar(summary.returnType()), text);
            case FieldType.Bool _ -> orNull(text, switch (text) {
                case "true" -> true;
                case "false" -> false;
                default -> text;
            });
            case FieldType.Date _,FieldType.Time _,FieldType.Instant _,FieldType.Id _,FieldType.Reference _,FieldType.Formula _ ->
                orNull(text, text);
            case FieldType.Choices _,FieldType.References _ -> orNull(text, listed(text));
            case FieldType.Vector _,FieldType.Json _ -> jsonIfAny(text);
        };
    }

    private static @Nullable Object orNull(String text, Object value) {
        return text.equals("null") ? null : value;
    }

    private static Object number(String text) {
        return NUMBER.matcher(text).matches() ? new BigDecimal(text) : text;
    }

    private static Object listed(String text) {
        return List.of(text.split(",", -1));
    }

    private static @Nullable Object json(String text, String what) {
        return JsonReader.read(text, RuntimeError.INVALID_QUERY, what);
    }

    /** Text that is no JSON is the planner's to refuse: it knows whether there is such a field for the caller. */
    private static @Nullable Object jsonIfAny(String text) {
        try {
            return json(text, "The parameter");
        } catch (PlatformException _) {
            return text;
        }
    }

    private static Integer whole(QueryKey key, String text) {
        if (WHOLE.matcher(text).matches()) {
            return Integer.valueOf(text);
        }
        throw new PlatformException(RuntimeError.INVALID_QUERY,
                "\"" + key.spelling() + "\" is a whole number, not " + Words.quote(text));
    }

    private static Boolean flag(QueryKey key, String text) {
        return switch (text) {
            case "true" -> Boolean.TRUE;
            case "false" -> Boolean.FALSE;
            default -> throw new PlatformException(RuntimeError.INVALID_QUERY,
                    "\"" + key.spelling() + "\" is true or false, not " + Words.quote(text));
        };
    }

    /** Parameters as arguments. */
    static QueryArguments arguments(Map<String, String> parameters) {
        return asJson(QueryArguments.of(parameters));
    }
}
