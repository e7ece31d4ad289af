package dev.objectos.runtime.plan;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.metadata.FieldPath;
import dev.objectos.runtime.metadata.FieldType;
import dev.objectos.runtime.query.Aggregation;
import dev.objectos.runtime.query.Grouping;
import dev.objectos.runtime.query.Query;
import dev.objectos.runtime.query.Sort;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Resolves the keys, aggregations, {@code having} and order of a grouped query. */
final class GroupPlanner {

    private static final Pattern ALIAS = Pattern.compile("[A-Za-z_][A-Za-z0-9_.]{0,127}");
    private static final FieldType WHOLE = new FieldType.Whole(null, null);
    private static final FieldType DECIMAL = new FieldType.Decimal("number", null, null, null, null);

    private final Query query;
    private final RowScope scope;
    private final List<Grouped.Input> inputs = new ArrayList<>();
    private final List<String> keys = new ArrayList<>();
    private final Map<String, Scalar> byAlias = new LinkedHashMap<>();
    private final Map<FieldPath, String> aliasOfKey = new LinkedHashMap<>();

    GroupPlanner(Query query, RowScope scope) {
        this.query = query;
        this.scope = scope;
    }

    /** @param all whether there must not be more groups than those that are shown */
    Grouped plan(List<RowCondition> conditions, Scalar.@Nullable Parameter offset, boolean all) {
        if (!query.expand().isEmpty()) {
            throw refused("Groups cannot be expanded; group by fields of the lookup instead");
        }
        query.groupBy().forEach(this::key);
        query.aggregations().forEach(this::aggregate);
        RowCondition having = new ConditionPlanner(this::named).plan(query.having());
        List<OrderKey> order = order();
        return new Grouped(RowRestriction.rows(scope, conditions), inputs, keys, members(), having, order,
                query.page().limit(), offset, all);
    }

    private void key(Grouping grouping) {
        Scalar value = scope.value(grouping.field());
        ValueKind kind = ValueKind.of(value.type());
        if (!kind.groupable()) {
            throw refused(grouping.field() + " is " + kind.label() + " and makes no groups");
        }
        Grouping.Granularity granularity = grouping.granularity();
        if (granularity != null) {
            if (kind != ValueKind.DATE && kind != ValueKind.INSTANT) {
                throw refused(grouping.field() + " is " + kind.label() + ", which has no date granularity");
            }
            value = new Scalar.Period(value, granularity);
        } else {
            aliasOfKey.putIfAbsent(grouping.field(), grouping.alias());
        }
        String name = "k" + keys.size();
        inputs.add(new Grouped.Input(name, value));
        keys.add(name);
        add(grouping.alias(), new Scalar.Named(name, value.type()));
    }

    private void aggregate(Aggregation aggregation) {
        FieldPath field = aggregation.field();
        if (field == null) {
            if (aggregation.function() != Aggregation.Function.COUNT) {
                throw refused(spelling(aggregation) + " needs a field");
            }
            add(aggregation.alias(), new Scalar.Aggregate(Aggregation.Function.COUNT, null, WHOLE));
            return;
        }
        Scalar value = scope.value(field);
        ValueKind kind = ValueKind.of(value.type());
        if (!aggregates(aggregation.function(), kind)) {
            throw refused(spelling(aggregation) + " cannot be computed over " + field + ", which is " + kind.label());
        }
        var input = new Scalar.Named("v" + inputs.size(), value.type());
        inputs.add(new Grouped.Input(input.name(), value));
        FieldType type = switch (aggregation.function()) {
            case COUNT, COUNT_DISTINCT -> WHOLE;
            case SUM, AVG -> DECIMAL;
            case MIN, MAX -> value.type();
        };
        add(aggregation.alias(), new Scalar.Aggregate(aggregation.function(), input, type));
    }

    private static boolean aggregates(Aggregation.Function function, ValueKind kind) {
        return switch (function) {
            case COUNT -> true;
            case COUNT_DISTINCT -> kind.groupable();
            case SUM, AVG -> kind == ValueKind.NUMBER;
            case MIN, MAX -> switch (kind) {
                case TEXT, NUMBER, DATE, TIME, INSTANT -> true;
                case BOOLEAN, ID, LIST, JSON, VECTOR, SEALED -> false;
            };
        };
    }

    private void add(String alias, Scalar value) {
        if (!ALIAS.matcher(alias).matches()) {
            throw refused("An alias is made of letters, digits and _, and begins with no digit");
        }
        if (byAlias.put(alias, value) != null) {
            throw refused("Two values of a group are named " + alias);
        }
    }

    /** What {@code having} and {@code orderBy} may name: an alias, or a field that is grouped by. */
    private Scalar named(FieldPath path) {
        Scalar value = byAlias.get(path.toString());
        if (value == null && aliasOfKey.get(path) instanceof String alias) {
            value = byAlias.get(alias);
        }
        if (value == null) {
            String nearest = NearestName.of(path.toString(), byAlias.keySet());
            throw new PlatformException(RuntimeError.INVALID_FIELD, "Unknown value of a group: " + path
                    + (nearest == null ? "" : "; did you mean " + nearest + "?")).about(scope.object().name());
        }
        return value;
    }

    /** As asked, and for a total order by the keys. */
    private List<OrderKey> order() {
        var order = new ArrayList<OrderKey>();
        for (Sort sort : query.orderBy()) {
            Scalar value = named(sort.field());
            OrderPlanner.requireOrder(sort.field(), value);
            order.add(new OrderKey(value, sort.descending(), true));
        }
        for (int i = 0; i < keys.size(); i++) {
            Scalar.Named key = new Scalar.Named(keys.get(i), inputs.get(i).value().type());
            if (order.stream().noneMatch(known -> known.value().equals(key))) {
                order.add(new OrderKey(key, false, true));
            }
        }
        return order;
    }

    /** Everything, or of the keys those that are asked for. */
    private List<Projection.Member.Plain> members() {
        var members = new LinkedHashMap<String, Projection.Member.Plain>();
        byAlias.forEach((alias, value) -> members.put(alias, new Projection.Member.Plain(alias, value)));
        if (!query.fields().isEmpty()) {
            var wanted = query.fields().stream().map(path -> {
                String alias = byAlias.containsKey(path.toString()) ? path.toString() : aliasOfKey.get(path);
                if (alias == null) {
                    scope.value(path);
                    throw refused(path + " is neither grouped by nor aggregated");
                }
                return alias;
            }).filter(Objects::nonNull).toList();
            members.keySet()
                    .removeIf(alias -> byAlias.get(alias) instanceof Scalar.Named && !wanted.contains(alias));
        }
        return List.copyOf(members.values());
    }

    private static String spelling(Aggregation aggregation) {
        return aggregation.function().name().toLowerCase(java.util.Locale.ROOT);
    }

    private static PlatformException refused(String message) {
        return new PlatformException(RuntimeError.INVALID_QUERY, message);
    }
}
