package dev.objectos.permissions.conformance;

import dev.objectos.runtime.metadata.FieldPath;
import dev.objectos.runtime.query.Aggregation;
import dev.objectos.runtime.query.Grouping;
import dev.objectos.runtime.query.Operand;
import dev.objectos.runtime.query.Operator;
import dev.objectos.runtime.query.Predicate;
import dev.objectos.runtime.query.Query;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Groups and what is computed over them. */
final class ReferenceGroups {

    private final ReferenceQuery asked;
    private final Query query;

    ReferenceGroups(ReferenceQuery asked, Query query) {
        this.asked = asked;
        this.query = query;
    }

    /** One row for each group, in the order of the keys; without keys one row for all. */
    List<Map<String, @Nullable Object>> of(List<Map<String, @Nullable Object>> records) {
        var groups = new LinkedHashMap<List<@Nullable Object>, List<Map<String, @Nullable Object>>>();
        if (query.groupBy().isEmpty()) {
            groups.put(List.of(), new ArrayList<>());
        }
        for (Map<String, @Nullable Object> record : records) {
            var key = new ArrayList<@Nullable Object>();
            query.groupBy().forEach(grouping -> key.add(value(record, grouping.field())));
            groups.computeIfAbsent(key, _ -> new ArrayList<>()).add(record);
        }
        var rows = new ArrayList<Map<String, @Nullable Object>>();
        groups.entrySet().stream().sorted((one, other) -> order(one.getKey(), other.getKey()))
                .map(group -> row(group.getKey(), group.getValue())).filter(row -> holds(query.having(), row))
                .limit(query.page().limit()).forEach(rows::add);
        return rows;
    }

    /** What refuses the condition on groups: a name that is no value of a group. */
    static boolean unknown(Predicate having, Query query) {
        return switch (having) {
            case Predicate.And(List<Predicate> terms) -> terms.stream().anyMatch(term -> unknown(term, query));
            case Predicate.Or(List<Predicate> terms) -> terms.stream().anyMatch(term -> unknown(term, query));
            case Predicate.Not(Predicate term) -> unknown(term, query);
            case Predicate.Comparison(FieldPath field, Operator _, Operand _) -> alias(field, query) == null;
        };
    }

    private static @Nullable String alias(FieldPath path, Query query) {
        String name = path.toString();
        boolean alias = query.groupBy().stream().anyMatch(key -> name.equals(key.alias()))
                || query.aggregations().stream().anyMatch(aggregation -> name.equals(aggregation.alias()));
        return alias
                ? name
                : query.groupBy().stream().filter(key -> key.field().equals(path)).map(Grouping::alias).findFirst()
                        .orElse(null);
    }

    private boolean holds(Predicate having, Map<String, @Nullable Object> row) {
        return switch (having) {
            case Predicate.And(List<Predicate> terms) -> terms.stream().allMatch(term -> holds(term, row));
            case Predicate.Or(List<Predicate> terms) -> terms.stream().anyMatch(term -> holds(term, row));
            case Predicate.Not(Predicate term) -> !holds(term, row);
            case Predicate.Comparison(FieldPath field, Operator operator, Operand operand) ->
                ReferenceQuery.compares(row.get(String.valueOf(alias(field, query))), operator, operand);
        };
    }

    private Map<String, @Nullable Object> row(List<@Nullable Object> key, List<Map<String, @Nullable Object>> records) {
        var row = new LinkedHashMap<String, @Nullable Object>();
        for (int i = 0; i < key.size(); i++) {
            Grouping grouping = query.groupBy().get(i);
            row.put(grouping.alias(), key.get(i));
        }
        for (Aggregation aggregation : query.aggregations()) {
            row.put(aggregation.alias(), aggregated(aggregation, records));
        }
        return row;
    }

    private @Nullable Object aggregated(Aggregation aggregation, List<Map<String, @Nullable Object>> records) {
        FieldPath field = aggregation.field();
        if (field == null) {
            return records.size();
        }
        var values = new ArrayList<Object>();
        for (Map<String, @Nullable Object> record : records) {
            Object value = value(record, field);
            if (value != null) {
                values.add(value);
            }
        }
        return switch (aggregation.function()) {
            case COUNT -> values.size();
            case COUNT_DISTINCT -> new HashSet<>(values).size();
            case SUM -> values.isEmpty() ? null : values.stream().mapToInt(value -> (Integer) value).sum();
            case MIN -> values.stream().min(ReferenceQuery::order).orElse(null);
            case MAX -> values.stream().max(ReferenceQuery::order).orElse(null);
            case AVG -> throw new IllegalArgumentException("the model knows no average");
        };
    }

    private @Nullable Object value(Map<String, @Nullable Object> record, FieldPath field) {
        Object value = asked.value(query.object(), record, field.segments());
        return value == null ? null : ReferenceQuery.plain(value);
    }

    private static int order(List<@Nullable Object> one, List<@Nullable Object> other) {
        for (int i = 0; i < one.size(); i++) {
            int order = ReferenceQuery.order(one.get(i), other.get(i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }
}
