package dev.objectos.runtime.sql;

import dev.objectos.runtime.plan.OrderKey;
import dev.objectos.runtime.plan.RowCondition;
import dev.objectos.runtime.plan.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.DSL;

/** Conditions of a plan as SQL. */
final class ConditionSql {

    private ConditionSql() {}

    static Condition of(RowCondition condition) {
        return switch (condition) {
            case RowCondition.And(List<RowCondition> terms) -> all(terms);
            case RowCondition.Or(List<RowCondition> terms) -> terms.isEmpty()
                    ? DSL.falseCondition()
                    : DSL.or(terms.stream().map(ConditionSql::of).toList());
            case RowCondition.Not(RowCondition.IsNull(Scalar value)) -> ScalarSql.of(value).isNotNull();
            case RowCondition.Not(RowCondition term) -> DSL.condition("({0}) is not true", of(term));
            case RowCondition.Compare(Scalar left, RowCondition.Comparator comparator, Scalar right) -> DSL
                    .condition("{0} " + sign(comparator) + " {1}", ScalarSql.of(left), ScalarSql.of(right));
            case RowCondition.IsNull(Scalar value) -> ScalarSql.of(value).isNull();
            case RowCondition.AmongThese(Scalar value, Scalar list) ->
                DSL.condition("{0} = any({1})", ScalarSql.of(value), ScalarSql.of(list));
            case RowCondition.ContainsAll(Scalar list, Scalar elements) ->
                DSL.condition("{0} @> {1}", ScalarSql.of(list), ScalarSql.of(elements));
            case RowCondition.Overlaps(Scalar list, Scalar elements) ->
                DSL.condition("{0} && {1}", ScalarSql.of(list), ScalarSql.of(elements));
            case RowCondition.Like(Scalar text, Scalar pattern, boolean ignoreCase) ->
                DSL.condition("{0} " + (ignoreCase ? "ilike" : "like") + " {1}", ScalarSql.of(text),
                        ScalarSql.of(pattern));
            case RowCondition.Holds holds -> holds.expression().toCondition(
                    new ScalarSql.Names(holds.inputs(), holds.userAttributes(), holds.userPresent()));
            case RowCondition.Listed listed -> listed(listed);
            case RowCondition.After after -> after(after);
        };
    }

    static Condition all(List<RowCondition> terms) {
        return terms.isEmpty() ? DSL.trueCondition() : DSL.and(terms.stream().map(ConditionSql::of).toList());
    }

    private static String sign(RowCondition.Comparator comparator) {
        return switch (comparator) {
            case SAME -> "is not distinct from";
            case DIFFERENT -> "is distinct from";
            case EQUAL -> "=";
            case LESS -> "<";
            case LESS_OR_EQUAL -> "<=";
            case MORE -> ">";
            case MORE_OR_EQUAL -> ">=";
        };
    }

    private static Condition listed(RowCondition.Listed listed) {
        String row = "listed";
        Condition match = equal(row, "tenant_id", ScalarSql.of(listed.tenant()))
                .and(equal(row, "object", DSL.inline(listed.object())))
                .and(equal(row, "record_id", ScalarSql.of(listed.record())));
        for (Map.Entry<String, Scalar> among : listed.among().entrySet()) {
            match = match.and(DSL.condition("{0} = any({1})", ScalarSql.column(row, among.getKey()),
                    ScalarSql.of(among.getValue())));
        }
        Field<Object> end = ScalarSql.column(row, "expires_at");
        return DSL.exists(DSL.selectOne().from(DSL.table(DSL.name(listed.schema(), listed.table())).as(row))
                .where(match.and(DSL.condition("({0} is null or {0} > {1})", end, ScalarSql.of(listed.now())))));
    }

    private static Condition equal(String row, String column, Field<?> value) {
        return DSL.condition("{0} = {1}", ScalarSql.column(row, column), value);
    }

    /** Keys of one direction that are never null compare as one row, which an index serves. */
    private static Condition after(RowCondition.After after) {
        boolean descending = after.order().getFirst().descending();
        if (after.order().stream().allMatch(key -> key.descending() == descending && !key.nullable())
                && !after.nulls().contains(true)) {
            return DSL.condition("({0}) " + (descending ? "<" : ">") + " ({1})",
                    list(after.order(), key -> ScalarSql.of(key.value())), list(after.place(), ScalarSql::of));
        }
        var alternatives = new ArrayList<Condition>();
        var same = new ArrayList<Condition>();
        for (int i = 0; i < after.order().size(); i++) {
            OrderKey key = after.order().get(i);
            boolean atNull = after.nulls().get(i);
            Field<Object> value = ScalarSql.of(key.value());
            Field<Object> place = ScalarSql.of(after.place().get(i));
            var alternative = new ArrayList<>(same);
            alternative.add(beyond(key, value, place, atNull));
            alternatives.add(DSL.and(alternative));
            same.add(atNull ? value.isNull() : DSL.condition("{0} = {1}", value, place));
        }
        return DSL.or(alternatives);
    }

    /** Nulls come last ascending and first descending. */
    private static Condition beyond(OrderKey key, Field<Object> value, Field<Object> place, boolean atNull) {
        if (atNull) {
            return key.descending() ? value.isNotNull() : DSL.falseCondition();
        }
        if (key.descending()) {
            return DSL.condition("{0} < {1}", value, place);
        }
        Condition more = DSL.condition("{0} > {1}", value, place);
        return key.nullable() ? DSL.or(more, value.isNull()) : more;
    }

    private static <T> Field<Object> list(List<T> parts, Function<T, Field<Object>> sql) {
        List<Field<Object>> fields = parts.stream().map(sql).toList();
        String template = java.util.stream.IntStream.range(0, fields.size()).mapToObj(i -> "{" + i + "}")
                .collect(Collectors.joining(", "));
        return ScalarSql.sql(template, fields.toArray(Field[]::new));
    }
}
