package dev.objectos.server.analytics;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.server.metadata.CatalogView;
import dev.objectos.server.query.RestQueryParser;
import dev.objectos.server.query.Words;
import dev.objectos.server.record.ApiObjects;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads measures, dimensions and spans of time, and asks for them in the words of the data API's queries. */
final class AnalyticsParser {

    private static final Set<String> KEYS = Set.of("cube", "object", "measures", "dimensions", "timeDimensions",
            "where", "filter", "filters", "having", "order", "orderBy", "limit", "offset", "timezone", "totals",
            "drill", "fields", "select", "cursor", "count");
    private static final Set<String> TIME_KEYS = Set.of("dimension", "granularity", "dateRange");
    private static final Set<String> OF_RECORDS = Set.of("fields", "select", "cursor");
    private static final int MOST_GROUPS = 1_000;
    private static final int MOST_MEMBERS = 32;
    private static final int LONGEST_NAME = 128;

    private final CatalogView view;
    private final Map<?, ?> given;
    private final Cube cube;

    /** The members that are asked for, by name without the cube's, and how they are called in the answer. */
    private final Map<String, String> aliases = new HashMap<>();

    /** The dimensions among them, and the spans of time that some are grouped by. */
    private final Map<String, Optional<DateBucket>> dimensions = new HashMap<>();

    private final List<Map<String, Object>> columns = new ArrayList<>();
    private final List<Object> groupBy = new ArrayList<>();
    private final List<Object> aggregations = new ArrayList<>();
    private final List<Object> where = new ArrayList<>();

    /** Those that any of it is about. */
    private final Set<String> fields = new LinkedHashSet<>();

    private AnalyticsParser(CatalogView view, ObjectDefinition object, Map<?, ?> given) {
        this.view = view;
        this.given = given;
        this.cube = new Cube(view, object);
    }

    static AnalyticsQuestion parse(CatalogView view, Map<?, ?> given) {
        only(KEYS, given, "An analytics query");
        if (!(first(given, "cube", "object") instanceof String text)) {
            throw refuse("\"cube\" names the object whose records are measured");
        }
        return new AnalyticsParser(view, ApiObjects.require(view.catalog(), text), given).parse();
    }

    private static void only(Set<String> known, Map<?, ?> given, String what) {
        for (Object key : given.keySet()) {
            if (!known.contains(String.valueOf(key))) {
                throw refuse(what + " has no " + Words.quote(key));
            }
        }
    }

    private AnalyticsQuestion parse() {
        Object filter = first(given, "where", "filter", "filters");
        if (filter != null && !filter.equals(List.of())) {
            where.add(new Renaming(cube::bare).filter(filter));
        }
        timeDimensions();
        dimensions();
        list("measures").forEach(this::measure);
        ObjectDefinition object = cube.object();
        var parser = new RestQueryParser(view.catalog());
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
        grouped.put("orderBy", new Renaming(this::alias).order(order()));
        grouped.put("limit", given.get("limit") == null ? MOST_GROUPS : given.get("limit"));
        grouped.put("offset", given.get("offset"));
        grouped.put("count", given.get("count"));
        grouped.put("having", new Renaming(this::alias).filter(given.get("having")));
        Map<String, @Nullable Object> totals = common();
        totals.put("aggregations", aggregations);
        return new AnalyticsQuestion(object.name(), parser.parse(object, (Object) grouped), columns,
                totals() ? parser.parse(object, (Object) totals) : null, zone());
    }

    private boolean totals() {
        return switch (given.get("totals")) {
            case null -> false;
            case Boolean wanted -> wanted;
            default -> throw refuse("\"totals\" is true or false, not " + Words.describe(given.get("totals")));
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
            throw refuse("\"drill\" is a cell: {dimension: value, …}, not " + Words.describe(given.get("drill")));
        }
        cell.forEach((member, value) -> where.add(inside(String.valueOf(member), value)));
        if (totals() || given.get("having") != null) {
            throw refuse("\"" + (totals() ? "totals" : "having")
                    + "\" is for groups and means nothing for the records behind a cell");
        }
        fields.forEach(this::requireSeen);
        Map<String, @Nullable Object> query = common();
        query.put("fields", shown(first(given, "fields", "select")));
        query.put("orderBy", new Renaming(this::sorted).order(order()));
        query.put("limit", given.get("limit"));
        query.put("offset", given.get("offset"));
        query.put("cursor", given.get("cursor"));
        query.put("count", given.get("count"));
        return query;
    }

    private Map<String, Object> inside(String member, @Nullable Object value) {
        String field = cube.bare(member);
        Optional<DateBucket> bucket = dimensions.get(field);
        if (bucket == null) {
            throw refuse("\"drill\" has a value for " + Words.quote(member) + ", which is none of the dimensions");
        }
        if (value == null) {
            return Map.of(field, Map.of("$null", true));
        }
        String named = String.valueOf(value);
        return Map.of(field, bucket.map(span -> span.condition(named)).orElse(Map.of("$eq", value)));
    }

    /** Refuses what the groups would be refused for, which are not asked for here. */
    private void requireSeen(String field) {
        if (view.reads(cube.object().name()) && cube.seen(field).isEmpty()) {
            throw new PlatformException(RuntimeError.INVALID_FIELD, "Unknown field " + Words.quote(field) + " of "
                    + cube.object().name()).about(cube.object().name());
        }
    }

    private @Nullable Object shown(@Nullable Object names) {
        return switch (names) {
            case List<?> list -> {
                var bare = new ArrayList<@Nullable Object>(list.size());
                list.forEach(name -> bare.add(name instanceof String field ? cube.bare(field) : name));
                yield bare;
            }
            case String text when !text.isBlank() -> shown(List.of(text.strip().split("\\s*,\\s*", -1)));
            case null, default -> names;
        };
    }

    private String sorted(String member) {
        String field = cube.bare(member);
        if (aliases.containsKey(field) && !dimensions.containsKey(field)) {
            throw refuse("The records behind a cell have no " + Words.quote(member)
                    + " to sort them by; it is a measure");
        }
        return field;
    }

    private void timeDimensions() {
        for (Object entry : list("timeDimensions")) {
            if (!(entry instanceof Map<?, ?> one)) {
                throw refuse("A time dimension is {\"dimension\", \"granularity\", \"dateRange\"}, not "
                        + Words.describe(entry));
            }
            only(TIME_KEYS, one, "A time dimension");
            String member = member(one.get("dimension"), "The \"dimension\" of a time dimension is a date");
            Object range = one.get("dateRange");
            Object granularity = one.get("granularity");
            if (range == null && granularity == null) {
                throw refuse("The time dimension " + Words.quote(member) + " says neither \"granularity\" nor"
                        + " \"dateRange\"; a date that is grouped by as it is belongs to \"dimensions\"");
            }
            String field = cube.bare(member);
            fields.add(field);
            if (range != null) {
                where.add(Map.of(field, DateRange.condition(range)));
                if (cube.seen(field).filter(known -> !Cube.dated(known.type())).isPresent()) {
                    throw refuse(Words.quote(member) + " is no date, so it has no \"dateRange\"; use \"where\"");
                }
            }
            if (granularity != null) {
                group(field, member, bucket(granularity));
            }
        }
    }

    private static DateBucket bucket(Object granularity) {
        for (DateBucket bucket : DateBucket.values()) {
            if (granularity instanceof String word && bucket.name().equalsIgnoreCase(word)) {
                return bucket;
            }
        }
        throw refuse("\"granularity\" is day, week, month, quarter or year, not " + Words.describe(granularity));
    }

    /** One that is grouped by spans of time may be named among the others, too. */
    private void dimensions() {
        var named = new HashSet<String>();
        for (Object given : list("dimensions")) {
            String member = member(given, "\"dimensions\" names fields");
            String field = cube.bare(member);
            if (!named.add(field)) {
                throw refuse("The dimension " + Words.quote(member) + " is given twice");
            }
            if (!aliases.containsKey(field)) {
                group(field, member, null);
            }
        }
    }

    private static String member(@Nullable Object given, String what) {
        if (given instanceof String member && !member.isBlank() && member.length() <= LONGEST_NAME) {
            return member;
        }
        throw refuse(what + ", by a text of at most " + LONGEST_NAME + " characters, not " + Words.describe(given));
    }

    private void group(String field, String member, @Nullable DateBucket bucket) {
        if (aliases.put(field, member) != null) {
            throw refuse("The dimension " + Words.quote(member) + " is given twice");
        }
        dimensions.put(field, Optional.ofNullable(bucket));
        fields.add(field);
        var key = new LinkedHashMap<String, Object>();
        key.put("field", field);
        key.put("alias", member);
        if (bucket != null) {
            key.put("dateGranularity", bucket.name());
        }
        groupBy.add(key);
        columns.add(cube.column(member, cube.seen(field).map(seen -> Cube.kind(seen.type())).orElse("string"),
                cube.label(field)));
    }

    private void measure(@Nullable Object given) {
        String member = member(given, "\"measures\" names what is computed, such as count or <field>_sum");
        Cube.Measure measure = cube.measure(member).orElseThrow(() -> refuse(
                "There is no measure " + Words.quote(member) + "; write count, or a field with _sum, _avg, _min, _max,"
                        + " _count or _count_distinct behind it"));
        if (aliases.put(cube.bare(member), member) != null) {
            throw refuse("The measure " + Words.quote(member) + " is given twice");
        }
        var aggregation = new LinkedHashMap<String, Object>();
        aggregation.put("function", measure.function());
        if (measure.field() != null) {
            aggregation.put("field", measure.field());
            fields.add(measure.field());
        }
        aggregation.put("alias", member);
        aggregations.add(aggregation);
        boolean own = measure.function().equals("min") || measure.function().equals("max");
        Optional<FieldDefinition> field = Optional.ofNullable(measure.field()).flatMap(cube::seen);
        columns.add(cube.column(member, field.filter(_ -> own).map(seen -> Cube.kind(seen.type())).orElse("number"),
                measure.field() == null ? null : cube.label(measure.field())));
    }

    private @Nullable Object order() {
        return first(given, "order", "orderBy");
    }

    /** How a member is called in the answer, however it is written elsewhere in the question. */
    private String alias(String member) {
        return aliases.getOrDefault(cube.bare(member), member);
    }

    private List<?> list(String key) {
        return switch (given.get(key)) {
            case null -> List.of();
            case List<?> list when list.size() <= MOST_MEMBERS -> list;
            case List<?> _ -> throw refuse("\"" + key + "\" names at most " + MOST_MEMBERS);
            default -> throw refuse("\"" + key + "\" is a list, not " + Words.describe(given.get(key)));
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
            return ZoneId.of(given.get("timezone") instanceof String name ? name : "");
        } catch (DateTimeException e) {
            throw new PlatformException(RuntimeError.INVALID_QUERY,
                    "\"timezone\" is the name of one, such as Europe/Berlin, not "
                            + Words.describe(given.get("timezone")),
                    e);
        }
    }

    private static PlatformException refuse(String message) {
        return new PlatformException(RuntimeError.INVALID_QUERY, message);
    }
}
