package dev.objectos.server.analytics;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.server.query.RestQueryParser;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads measures, dimensions and spans of time, and asks for them in the words of the data API's queries. */
final class AnalyticsParser {

    private static final Set<String> KEYS = Set.of("cube", "object", "measures", "dimensions", "timeDimensions",
            "where",
            "filter", "filters", "having", "order", "orderBy", "limit", "offset", "timezone", "totals", "drill",
            "fields", "select", "cursor", "count");
    private static final Set<String> OF_RECORDS = Set.of("fields", "select", "cursor");
    private static final Pattern COUNTED = Pattern.compile("(last|next)_(\\d{1,5})_(day|week|month|quarter|year)s?");
    private static final Pattern MACRO = Pattern.compile("[a-z]+(_[a-z]+)*(:\\d{1,5})?");
    private static final Set<String> GRANULARITIES = Set.of("day", "week", "month", "quarter", "year");
    private static final int MOST_GROUPS = 1_000;

    private final Catalog catalog;
    private final Map<?, ?> given;
    private final Cube cube;

    /** The members that are asked for, by name without the cube's, and how they are called in the answer. */
    private final Map<String, String> aliases = new LinkedHashMap<>();

    private final List<Map<String, Object>> columns = new ArrayList<>();
    private final List<Object> groupBy = new ArrayList<>();
    private final List<Object> aggregations = new ArrayList<>();
    private final List<Object> where = new ArrayList<>();
    private final Map<String, String> granularities = new LinkedHashMap<>();

    private AnalyticsParser(Catalog catalog, ObjectDefinition object, Map<?, ?> given) {
        this.catalog = catalog;
        this.given = given;
        this.cube = new Cube(catalog, object);
    }

    static AnalyticsQuestion parse(Catalog catalog, Map<?, ?> given) {
        for (Object key : given.keySet()) {
            if (!KEYS.contains(String.valueOf(key))) {
                throw refuse("An analytics query has no \"" + key + "\"");
            }
        }
        if (!(first(given, "cube", "object") instanceof String text)) {
            throw refuse("\"cube\" names the object whose records are measured");
        }
        ObjectDefinition object = catalog.object(text).filter(known -> known.enable().api())
                .orElseThrow(() -> new PlatformException(RuntimeError.OBJECT_NOT_FOUND, "There is no such object")
                        .about(text));
        return new AnalyticsParser(catalog, object, given).parse();
    }

    private AnalyticsQuestion parse() {
        Object filter = first(given, "where", "filter", "filters");
        if (filter != null) {
            where.add(bare(filter));
        }
        timeDimensions();
        list("dimensions").forEach(this::dimension);
        list("measures").forEach(this::measure);
        ObjectDefinition object = cube.object();
        var parser = new RestQueryParser(catalog);
        if (given.get("drill") != null) {
            return new AnalyticsQuestion(object.name(), parser.parse(object, (Object) records()), List.of(), null,
                    zone());
        }
        if (aggregations.isEmpty()) {
            throw refuse("\"measures\" names at least one, such as count or <field>_sum");
        }
        for (String key : OF_RECORDS) {
            if (given.get(key) != null) {
                throw refuse("\"" + key + "\" is for the records behind a cell; name it with \"drill\"");
            }
        }
        Map<String, @Nullable Object> grouped = common();
        grouped.put("groupBy", groupBy);
        grouped.put("aggregations", aggregations);
        grouped.put("orderBy", order());
        grouped.put("limit", given.get("limit") == null ? MOST_GROUPS : given.get("limit"));
        grouped.put("offset", given.get("offset"));
        grouped.put("count", given.get("count"));
        if (given.get("having") instanceof Map<?, ?> having) {
            var named = new LinkedHashMap<String, @Nullable Object>();
            having.forEach((member, condition) -> named.put(alias(String.valueOf(member)), condition));
            grouped.put("having", named);
        } else {
            grouped.put("having", given.get("having"));
        }
        Map<String, @Nullable Object> totals = common();
        totals.put("aggregations", aggregations);
        return new AnalyticsQuestion(object.name(), parser.parse(object, (Object) grouped), columns,
                totals() ? parser.parse(object, (Object) totals) : null, zone());
    }

    private boolean totals() {
        return switch (given.get("totals")) {
            case null -> false;
            case Boolean wanted -> wanted;
            default -> throw refuse("\"totals\" is true or false");
        };
    }

    private Map<String, @Nullable Object> common() {
        Map<String, @Nullable Object> query = new LinkedHashMap<>();
        if (!where.isEmpty()) {
            query.put("where", Map.of("$and", where));
        }
        return query;
    }

    /** The records of one cell: what its dimensions say is one more condition. */
    private Map<String, @Nullable Object> records() {
        if (!(given.get("drill") instanceof Map<?, ?> cell)) {
            throw refuse("\"drill\" is a cell: {dimension: value, …}");
        }
        cell.forEach((member, value) -> {
            String field = cube.bare(String.valueOf(member));
            if (!aliases.containsKey(field)) {
                throw refuse("\"drill\" has a value for \"" + member + "\", which is none of the dimensions");
            }
            String granularity = granularities.get(field);
            where.add(granularity == null || value == null
                    ? value == null ? Map.of(field, Map.of("$null", true)) : Map.of(field, Map.of("$eq", value))
                    : Map.of(field, DateBucket.condition(granularity, String.valueOf(value))));
        });
        for (String key : List.of("having", "totals")) {
            if (given.get(key) != null) {
                throw refuse("\"" + key + "\" is for groups and means nothing for the records behind a cell");
            }
        }
        Map<String, @Nullable Object> query = common();
        query.put("fields", first(given, "fields", "select"));
        query.put("orderBy", given.get("orderBy"));
        query.put("limit", given.get("limit"));
        query.put("offset", given.get("offset"));
        query.put("cursor", given.get("cursor"));
        query.put("count", given.get("count"));
        return query;
    }

    private void timeDimensions() {
        for (Object entry : list("timeDimensions")) {
            if (!(entry instanceof Map<?, ?> one) || !(one.get("dimension") instanceof String member)) {
                throw refuse("A time dimension is {\"dimension\", \"granularity\", \"dateRange\"}");
            }
            for (Object key : one.keySet()) {
                if (!Set.of("dimension", "granularity", "dateRange").contains(String.valueOf(key))) {
                    throw refuse("A time dimension has no \"" + key + "\"");
                }
            }
            String field = cube.bare(member);
            Object range = one.get("dateRange");
            if (range != null) {
                where.add(Map.of(field, range(range)));
            }
            Object granularity = one.get("granularity");
            if (range == null && granularity == null) {
                throw refuse("The time dimension \"" + member + "\" says neither granularity nor dateRange");
            }
            if (granularity != null) {
                String word = String.valueOf(granularity).toLowerCase(Locale.ROOT);
                if (!GRANULARITIES.contains(word)) {
                    throw refuse("\"granularity\" is day, week, month, quarter or year");
                }
                group(field, member, word);
            }
        }
    }

    private static Object range(Object given) {
        if (given instanceof List<?> edges && edges.size() == 2 && edges.stream().allMatch(String.class::isInstance)) {
            return Map.of("$gte", edges.getFirst(), "$lte", edges.getLast());
        }
        if (given instanceof String text) {
            Matcher counted = COUNTED.matcher(text);
            if (counted.matches()) {
                return Map.of("$eq",
                        "{" + counted.group(1) + "_n_" + counted.group(3) + "s:" + counted.group(2) + "}");
            }
            if (text.startsWith("{")) {
                return Map.of("$eq", text);
            }
            return Map.of("$eq", MACRO.matcher(text).matches() ? "{" + text + "}" : text);
        }
        throw refuse("\"dateRange\" is a name such as last_7_days or this_month, or [\"2026-01-01\", \"2026-01-31\"]");
    }

    private void dimension(@Nullable Object given) {
        if (!(given instanceof String member)) {
            throw refuse("\"dimensions\" names fields");
        }
        String field = cube.bare(member);
        if (!aliases.containsKey(field)) {
            group(field, member, null);
        }
    }

    private void group(String field, String member, @Nullable String granularity) {
        if (aliases.put(field, member) != null) {
            throw refuse("The dimension \"" + member + "\" is given twice");
        }
        var key = new LinkedHashMap<String, Object>();
        key.put("field", field);
        key.put("alias", member);
        if (granularity != null) {
            key.put("dateGranularity", granularity);
            granularities.put(field, granularity);
        }
        groupBy.add(key);
        columns.add(cube.column(member, cube.field(field).map(known -> Cube.kind(known.type())).orElse("string"),
                cube.field(field).map(FieldDefinition::label).orElse(null)));
    }

    private void measure(@Nullable Object given) {
        if (!(given instanceof String member)) {
            throw refuse("\"measures\" names what is computed, such as count or <field>_sum");
        }
        Cube.Measure measure = cube.measure(member).orElseThrow(() -> refuse(
                "There is no measure \"" + member + "\"; write count, or a field with _sum, _avg, _min, _max or "
                        + "_count_distinct behind it"));
        if (aliases.put(cube.bare(member), member) != null) {
            throw refuse("The measure \"" + member + "\" is given twice");
        }
        var aggregation = new LinkedHashMap<String, Object>();
        aggregation.put("function", measure.function());
        if (measure.field() != null) {
            aggregation.put("field", measure.field());
        }
        aggregation.put("alias", member);
        aggregations.add(aggregation);
        FieldDefinition field = measure.field() == null ? null : cube.field(measure.field()).orElse(null);
        boolean own = measure.function().equals("min") || measure.function().equals("max");
        columns.add(cube.column(member, own && field != null ? Cube.kind(field.type()) : "number",
                field == null ? null : field.label()));
    }

    private @Nullable Object order() {
        Object order = first(given, "order", "orderBy");
        if (order instanceof Map<?, ?> map) {
            var keys = new ArrayList<Object>();
            map.forEach((member, direction) -> keys.add(
                    Map.of("field", alias(String.valueOf(member)), "order", String.valueOf(direction))));
            return keys;
        }
        if (order instanceof List<?> list) {
            var keys = new ArrayList<@Nullable Object>();
            for (Object entry : list) {
                keys.add(entry instanceof Map<?, ?> key && key.get("field") instanceof String member
                        ? renamed(key, alias(member))
                        : entry);
            }
            return keys;
        }
        return order;
    }

    private static Map<String, @Nullable Object> renamed(Map<?, ?> key, String field) {
        var renamed = new LinkedHashMap<String, @Nullable Object>();
        key.forEach((name, value) -> renamed.put(String.valueOf(name), value));
        renamed.put("field", field);
        return renamed;
    }

    /** How a member is called in the answer, however it is written elsewhere in the question. */
    private String alias(String member) {
        return aliases.getOrDefault(cube.bare(member), member);
    }

    /** A filter whose fields may have the cube's name before them. */
    private @Nullable Object bare(@Nullable Object filter) {
        return switch (filter) {
            case Map<?, ?> map -> {
                var bare = new LinkedHashMap<String, @Nullable Object>();
                map.forEach((key, value) -> bare.put(cube.bare(String.valueOf(key)),
                        String.valueOf(key).startsWith("$") ? bare(value) : value));
                yield bare;
            }
            case List<?> list -> {
                var bare = new ArrayList<@Nullable Object>();
                for (int i = 0; i < list.size(); i++) {
                    Object element = list.get(i);
                    bare.add(i == 0 && element instanceof String field ? cube.bare(field) : bare(element));
                }
                yield bare;
            }
            case null, default -> filter;
        };
    }

    private List<?> list(String key) {
        return switch (given.get(key)) {
            case null -> List.of();
            case List<?> list -> list;
            default -> throw refuse("\"" + key + "\" is a list");
        };
    }

    private static @Nullable Object first(Map<?, ?> given, String... keys) {
        Object found = null;
        for (String key : keys) {
            if (given.get(key) != null) {
                if (found != null) {
                    throw refuse("\"" + key + "\" means the same as another key that is given; give one of them");
                }
                found = given.get(key);
            }
        }
        return found;
    }

    private @Nullable ZoneId zone() {
        if (given.get("timezone") == null) {
            return null;
        }
        try {
            return ZoneId.of(String.valueOf(given.get("timezone")));
        } catch (DateTimeException e) {
            throw new PlatformException(RuntimeError.INVALID_QUERY,
                    "\"timezone\" is the name of one, such as Europe/Berlin", e);
        }
    }

    private static PlatformException refuse(String message) {
        return new PlatformException(RuntimeError.INVALID_QUERY, message);
    }
}
