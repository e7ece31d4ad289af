package dev.objectos.server.query;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.query.Sort;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads an order: {@code "-a,b"}, {@code ["-a", "b desc"]}, {@code [{"field":"a","order":"desc"}]}, {@code [["a","desc"]]} or
 * {@code {"a":"desc"}}.
 */
final class SortParser {

    private static final int MAX_KEYS = 16;

    private SortParser() {}

    static List<Sort> parse(@Nullable Object given) {
        if (given == null) {
            return List.of();
        }
        List<?> keys = given instanceof Map<?, ?> one
                ? ofObject(one)
                : Words.list(given, RuntimeError.INVALID_SORT, "The order");
        var sorts = new ArrayList<Sort>(keys.size());
        var seen = new HashSet<>();
        for (Object key : keys) {
            Sort sort = key(key);
            if (!seen.add(sort.field())) {
                throw refuse("The order names " + Words.quote(sort.field()) + " twice");
            }
            sorts.add(sort);
        }
        if (sorts.size() > MAX_KEYS) {
            throw refuse("The order has at most " + MAX_KEYS + " keys");
        }
        return sorts;
    }

    /** One key, or directions by field. */
    private static List<?> ofObject(Map<?, ?> object) {
        return object.isEmpty() || object.containsKey("field")
                ? List.of(object)
                : object.entrySet().stream().map(key -> Arrays.asList(key.getKey(), key.getValue())).toList();
    }

    private static Sort key(@Nullable Object key) {
        return switch (key) {
            case String text -> text(text.strip());
            case Map<?, ?> object -> object(object);
            case List<?> pair when pair.size() == 2 -> sort(pair.getFirst(), descending(pair.getLast()));
            case null, default -> throw refuse("An order is a field's name or {\"field\",\"order\"}, not "
                    + Words.describe(key));
        };
    }

    private static Sort text(String text) {
        if (text.startsWith("-") || text.startsWith("+")) {
            return sort(text.substring(1), text.startsWith("-"));
        }
        int gap = Math.max(text.lastIndexOf(' '), text.lastIndexOf(':'));
        return gap < 0
                ? sort(text, false)
                : sort(text.substring(0, gap), descending(text.substring(gap + 1)));
    }

    private static Sort object(Map<?, ?> object) {
        for (Object name : object.keySet()) {
            if (!"field".equals(name) && !"order".equals(name)) {
                throw refuse("An order has \"field\" and \"order\", no " + Words.quote(name));
            }
        }
        Object order = object.get("order");
        return sort(object.get("field"), order != null && descending(order));
    }

    private static Sort sort(@Nullable Object field, boolean descending) {
        return new Sort(Words.path(field, RuntimeError.INVALID_SORT, "An order"), descending);
    }

    private static boolean descending(@Nullable Object order) {
        if (order instanceof String word) {
            switch (word.toLowerCase(Locale.ROOT)) {
                case "asc" -> {
                    return false;
                }
                case "desc" -> {
                    return true;
                }
                default -> {
                }
            }
        }
        throw refuse("An order is \"asc\" or \"desc\", not " + Words.describe(order));
    }

    private static PlatformException refuse(String message) {
        return new PlatformException(RuntimeError.INVALID_SORT, message);
    }
}
