package dev.objectos.server.query;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.metadata.FieldPath;
import dev.objectos.runtime.query.Aggregation;
import dev.objectos.runtime.query.Grouping;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads by what records are grouped and what is computed for each group. */
final class GroupParser {

    private static final int MAX_ENTRIES = 32;
    private static final int MAX_ALIAS = 128;
    private static final Set<String> GROUPING_KEYS = Set.of("field", "dateGranularity", "alias");
    private static final Set<String> AGGREGATION_KEYS = Set.of("function", "field", "alias");

    private final Set<String> aliases = new HashSet<>();

    List<Grouping> groupings(@Nullable Object given) {
        var groupings = new ArrayList<Grouping>();
        for (Object entry : entries(given, "groupBy")) {
            groupings.add(grouping(entry));
        }
        return groupings;
    }

    List<Aggregation> aggregations(@Nullable Object given) {
        var aggregations = new ArrayList<Aggregation>();
        for (Object entry : entries(given, "aggregations")) {
            if (!(entry instanceof Map<?, ?> object)) {
                throw refuse("An aggregation is {\"function\",\"field\",\"alias\"}, not " + Words.describe(entry));
            }
            aggregations.add(aggregation(object));
        }
        return aggregations;
    }

    private static List<?> entries(@Nullable Object given, String what) {
        List<?> entries = given == null ? List.of() : Words.list(given, RuntimeError.INVALID_QUERY, "\"" + what + "\"");
        if (entries.size() > MAX_ENTRIES) {
            throw refuse("\"" + what + "\" has at most " + MAX_ENTRIES + " entries");
        }
        return entries;
    }

    private Grouping grouping(@Nullable Object entry) {
        if (!(entry instanceof Map<?, ?> object)) {
            FieldPath field = Words.path(entry, RuntimeError.INVALID_QUERY, "A grouping");
            return new Grouping(field, null, alias(null, field.toString()));
        }
        only(object, GROUPING_KEYS, "A grouping");
        FieldPath field = Words.path(object.get("field"), RuntimeError.INVALID_QUERY, "A grouping");
        return new Grouping(field, granularity(object.get("dateGranularity")),
                alias(object.get("alias"), field.toString()));
    }

    private Aggregation aggregation(Map<?, ?> object) {
        only(object, AGGREGATION_KEYS, "An aggregation");
        Aggregation.Function function = function(object.get("function"));
        Object field = object.get("field");
        boolean records = field == null || field.equals("*");
        if (records && function != Aggregation.Function.COUNT) {
            throw refuse(word(function) + " needs a field");
        }
        FieldPath path = records ? null : Words.path(field, RuntimeError.INVALID_QUERY, "An aggregation");
        String usual = path == null ? word(function) : word(function) + "_" + String.join("_", path.segments());
        return new Aggregation(function, path, alias(object.get("alias"), usual));
    }

    private String alias(@Nullable Object given, String usual) {
        String alias = given == null ? usual : given instanceof String text ? text : "";
        if (alias.isBlank() || (alias.length() > MAX_ALIAS && given != null) || alias.indexOf('\0') >= 0) {
            throw refuse("An alias is a text of 1 to " + MAX_ALIAS + " characters, not " + Words.describe(given));
        }
        if (!aliases.add(alias)) {
            throw refuse("Two results are called " + Words.quote(alias) + "; give one an \"alias\"");
        }
        return alias;
    }

    private static Aggregation.Function function(@Nullable Object given) {
        if (given instanceof String text) {
            switch (Operators.word(text)) {
                case "count" -> {
                    return Aggregation.Function.COUNT;
                }
                case "sum" -> {
                    return Aggregation.Function.SUM;
                }
                case "avg" -> {
                    return Aggregation.Function.AVG;
                }
                case "min" -> {
                    return Aggregation.Function.MIN;
                }
                case "max" -> {
                    return Aggregation.Function.MAX;
                }
                case "countdistinct" -> {
                    return Aggregation.Function.COUNT_DISTINCT;
                }
                default -> {
                }
            }
        }
        throw refuse("An aggregation's function is count, sum, avg, min, max or count_distinct, not "
                + Words.describe(given));
    }

    private static Grouping.@Nullable Granularity granularity(@Nullable Object given) {
        if (given == null) {
            return null;
        }
        if (given instanceof String text) {
            for (Grouping.Granularity granularity : Grouping.Granularity.values()) {
                if (granularity.name().equalsIgnoreCase(text)) {
                    return granularity;
                }
            }
        }
        throw refuse("\"dateGranularity\" is day, week, month, quarter or year, not " + Words.describe(given));
    }

    private static String word(Aggregation.Function function) {
        return function.name().toLowerCase(Locale.ROOT);
    }

    private static void only(Map<?, ?> object, Set<String> keys, String what) {
        for (Object key : object.keySet()) {
            if (!keys.contains(String.valueOf(key))) {
                throw refuse(what + " has no " + Words.quote(key));
            }
        }
    }

    private static PlatformException refuse(String message) {
        return new PlatformException(RuntimeError.INVALID_QUERY, message);
    }
}
