package dev.objectos.server.analytics;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.server.query.Words;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Filters and orders with other names in them, in every form that queries take; what has none stays as it is. */
record Renaming(UnaryOperator<String> name) {

    private static final Set<String> JOINING = Set.of("and", "or", "not", "!");
    private static final Set<String> DIRECTIONS = Set.of("asc", "desc");

    @Nullable
    Object filter(@Nullable Object filter) {
        return switch (filter) {
            case Map<?, ?> object -> object(object);
            case List<?> array -> array(array);
            case null, default -> filter;
        };
    }

    private Map<String, @Nullable Object> object(Map<?, ?> object) {
        var renamed = new LinkedHashMap<String, @Nullable Object>();
        object.forEach((key, value) -> {
            String text = String.valueOf(key);
            boolean joining = text.startsWith("$") || joins(text) && nested(value);
            String known = joining ? text : name.apply(text);
            if (renamed.containsKey(known)) {
                throw new PlatformException(RuntimeError.INVALID_FILTER, Words.quote(known)
                        + " is named twice, with and without the cube's name; join the conditions with \"$and\"");
            }
            renamed.put(known, joining ? filter(value) : operand(value));
        });
        return renamed;
    }

    /** Conditions, with words between or before them; or one, of which the name comes first. */
    private List<@Nullable Object> array(List<?> array) {
        var renamed = new ArrayList<@Nullable Object>(array.size());
        boolean one = array.size() > 1 && array.getFirst() instanceof String first
                && !(joins(first) && array.stream().skip(1).allMatch(Renaming::nested));
        for (Object element : array) {
            if (!one) {
                renamed.add(element instanceof String ? element : filter(element));
            } else {
                renamed.add(renamed.isEmpty() ? name.apply(String.valueOf(element)) : operand(element));
            }
        }
        return renamed;
    }

    /** Values are as they are, but for the names of other fields. */
    private @Nullable Object operand(@Nullable Object value) {
        if (!(value instanceof Map<?, ?> condition)) {
            return value;
        }
        var renamed = new LinkedHashMap<String, @Nullable Object>();
        condition.forEach((key, operand) -> renamed.put(String.valueOf(key),
                "$field".equalsIgnoreCase(String.valueOf(key)) && operand instanceof String other
                        ? name.apply(other)
                        : operand(operand)));
        return renamed;
    }

    private static boolean joins(String word) {
        return JOINING.contains(word.toLowerCase(Locale.ROOT).replace("_", ""));
    }

    private static boolean nested(@Nullable Object value) {
        return value instanceof Map<?, ?> || value instanceof List<?>;
    }

    /** An order may also be a map of names to directions. */
    @Nullable
    Object order(@Nullable Object order) {
        return switch (order) {
            case Map<?, ?> map when map.get("field") instanceof String field && !directs(field) -> List.of(key(map));
            case Map<?, ?> map ->
                map.entrySet().stream().map(entry -> pair(entry.getKey(), entry.getValue())).toList();
            case List<?> list -> {
                var keys = new ArrayList<@Nullable Object>(list.size());
                list.forEach(key -> keys.add(key(key)));
                yield keys;
            }
            case String text when !text.isBlank() -> order(List.of(text.split(",", -1)));
            case null, default -> order;
        };
    }

    private @Nullable Object key(@Nullable Object key) {
        return switch (key) {
            case String text -> text(text.strip());
            case List<?> pair when pair.size() == 2 && pair.getFirst() instanceof String field ->
                pair(field, pair.getLast());
            case Map<?, ?> map when map.get("field") instanceof String field -> {
                var renamed = new LinkedHashMap<Object, @Nullable Object>(map);
                renamed.put("field", name.apply(field));
                yield renamed;
            }
            case null, default -> key;
        };
    }

    private List<@Nullable Object> pair(Object field, @Nullable Object direction) {
        var pair = new ArrayList<@Nullable Object>();
        pair.add(name.apply(String.valueOf(field)));
        pair.add(direction);
        return pair;
    }

    private String text(String key) {
        if (key.startsWith("-") || key.startsWith("+")) {
            return key.charAt(0) + name.apply(key.substring(1));
        }
        int gap = Math.max(key.lastIndexOf(' '), key.lastIndexOf(':'));
        return gap < 0 ? name.apply(key) : name.apply(key.substring(0, gap)) + key.substring(gap);
    }

    private static boolean directs(String word) {
        return DIRECTIONS.contains(word.toLowerCase(Locale.ROOT));
    }
}
