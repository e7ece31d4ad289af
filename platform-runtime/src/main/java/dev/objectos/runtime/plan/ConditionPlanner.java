package dev.objectos.runtime.plan;

import dev.objectos.runtime.metadata.FieldPath;
import dev.objectos.runtime.metadata.FieldType;
import dev.objectos.runtime.plan.RowCondition.Comparator;
import dev.objectos.runtime.query.Operand;
import dev.objectos.runtime.query.Operator;
import dev.objectos.runtime.query.Predicate;
import dev.objectos.runtime.spi.SessionValue;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Resolves a predicate and reduces its operators to SQL's.
 *
 * <p>
 * Null: {@code NE}, {@code NOT_IN}, {@code NOT_CONTAINS} and {@code Not} hold where the field is null, for nothing is
 * different from everything; every other comparison does not. Two fields are equal where both are null. An instant equals a
 * date macro or a plain date when it lies within it, is less when it lies before it, and more when it lies after it.
 */
final class ConditionPlanner {

    private final Function<FieldPath, Scalar> names;

    /** Names are fields of the scope's root. */
    ConditionPlanner(RowScope scope) {
        this(scope::value);
    }

    /** @param names refuses what it does not know */
    ConditionPlanner(Function<FieldPath, Scalar> names) {
        this.names = names;
    }

    RowCondition plan(Predicate predicate) {
        return switch (predicate) {
            case Predicate.And(List<Predicate> terms) when terms.size() == 1 -> plan(terms.getFirst());
            case Predicate.And(List<Predicate> terms) -> new RowCondition.And(terms.stream().map(this::plan).toList());
            case Predicate.Or(List<Predicate> terms) -> new RowCondition.Or(terms.stream().map(this::plan).toList());
            case Predicate.Not(Predicate term) -> new RowCondition.Not(plan(term));
            case Predicate.Comparison comparison -> plan(comparison);
        };
    }

    private RowCondition plan(Predicate.Comparison comparison) {
        Scalar value = names.apply(comparison.field());
        String field = comparison.field().toString();
        Operator operator = comparison.operator();
        OperatorRules.check(field, ValueKind.of(value.type()), operator);
        return switch (comparison.operand()) {
            case Operand.None _ -> nullness(field, value, operator);
            case Operand.Field(FieldPath path) -> fields(field, value, operator, path);
            case Operand.Literal(SessionValue session) -> session(field, value, operator, session);
            case Operand.Literal(Object literal) -> literal(field, value, operator, raw(literal));
            case Operand.Literals(List<Object> edges) when operator == Operator.BETWEEN && edges.size() == 2 ->
                new RowCondition.And(List.of(literal(field, value, Operator.GTE, raw(edges.getFirst())),
                        literal(field, value, Operator.LTE, raw(edges.getLast()))));
            case Operand.Literals(List<Object> values) ->
                literal(field, value, operator, new RawValue.Constant(values));
            case Operand.DateMacro macro -> literal(field, value, operator, new RawValue.Constant(macro));
        };
    }

    private static RawValue raw(Object literal) {
        return literal instanceof RawValue.Slot slot ? slot : new RawValue.Constant(literal);
    }

    private static RowCondition nullness(String field, Scalar value, Operator operator) {
        RowCondition isNull = new RowCondition.IsNull(value);
        return switch (operator) {
            case IS_NULL -> isNull;
            case IS_NOT_NULL -> new RowCondition.Not(isNull);
            default -> throw OperatorRules.refused(field + " is compared with nothing");
        };
    }

    private RowCondition fields(String field, Scalar value, Operator operator, FieldPath path) {
        Scalar other = names.apply(path);
        ValueKind kind = ValueKind.of(value.type());
        if (!kind.ordered() || kind != ValueKind.of(other.type())) {
            throw OperatorRules
                    .refused(field + " is " + kind.label() + " and cannot be compared with " + path + ", which is "
                            + ValueKind.of(other.type()).label());
        }
        Comparator comparator = operator == Operator.EQ ? Comparator.SAME : comparator(operator);
        if (comparator == null) {
            throw OperatorRules.refused(
                    OperatorRules.spelling(operator) + " compares " + field + " with a value, not with another field");
        }
        return new RowCondition.Compare(value, comparator, other);
    }

    private static RowCondition session(String field, Scalar value, Operator operator, SessionValue session) {
        Binding binding = new Binding.OfSession(session);
        Comparator comparator = comparator(operator);
        if (comparator != null) {
            return new RowCondition.Compare(value, comparator, new Scalar.Parameter(binding, value.type(), false));
        }
        Scalar list = new Scalar.Parameter(binding, element(value.type()), true);
        return switch (operator) {
            case IN -> among(value, list);
            case NOT_IN -> new RowCondition.Not(among(value, list));
            case CONTAINS -> new RowCondition.ContainsAll(value, list);
            default -> throw OperatorRules.refused(
                    OperatorRules.spelling(operator) + " cannot compare " + field + " with what a session knows");
        };
    }

    private static RowCondition literal(String field, Scalar value, Operator operator, RawValue literal) {
        ValueKind kind = ValueKind.of(value.type());
        Comparator comparator = comparator(operator);
        if (comparator != null) {
            return kind == ValueKind.INSTANT || kind == ValueKind.DATE && literal.relative()
                    ? span(field, value, operator, literal)
                    : new RowCondition.Compare(value, comparator, one(field, value, literal));
        }
        return switch (operator) {
            case IN -> among(value, list(field, value, literal, false));
            case NOT_IN -> new RowCondition.Not(among(value, list(field, value, literal, false)));
            case CONTAINS -> contains(field, value, literal);
            case NOT_CONTAINS -> new RowCondition.Not(contains(field, value, literal));
            case ICONTAINS -> like(field, value, literal, Binding.Form.ANYWHERE, true);
            case STARTS_WITH -> like(field, value, literal, Binding.Form.AT_START, false);
            case ENDS_WITH -> like(field, value, literal, Binding.Form.AT_END, false);
            case LIKE -> like(field, value, literal, Binding.Form.AS_WRITTEN, false);
            case ILIKE -> like(field, value, literal, Binding.Form.AS_WRITTEN, true);
            case BETWEEN -> throw OperatorRules
                    .refused(field + " between takes two values, the lowest and the highest");
            case EQ, NE, GT, GTE, LT, LTE, IS_NULL, IS_NOT_NULL -> throw OperatorRules
                    .refused(OperatorRules.spelling(operator) + " of " + field + " takes no value");
        };
    }

    private static RowCondition contains(String field, Scalar value, RawValue literal) {
        return ValueKind.of(value.type()) == ValueKind.LIST
                ? new RowCondition.ContainsAll(value, list(field, value, literal, true))
                : like(field, value, literal, Binding.Form.ANYWHERE, false);
    }

    private static RowCondition among(Scalar value, Scalar list) {
        return ValueKind.of(value.type()) == ValueKind.LIST
                ? new RowCondition.Overlaps(value, list)
                : new RowCondition.AmongThese(value, list);
    }

    private static RowCondition like(String field, Scalar value, RawValue literal, Binding.Form form,
            boolean ignoreCase) {
        return new RowCondition.Like(value,
                new Scalar.Parameter(new Binding.Pattern(literal, form, field), value.type(), false), ignoreCase);
    }

    /** A span has two edges: what lies in it equals it. */
    private static RowCondition span(String field, Scalar value, Operator operator, RawValue literal) {
        Scalar start = edge(field, value, literal, false);
        Scalar end = edge(field, value, literal, true);
        return switch (operator) {
            case EQ -> within(value, start, end);
            case NE -> new RowCondition.Not(within(value, start, end));
            case GT -> new RowCondition.Compare(value, Comparator.MORE_OR_EQUAL, end);
            case GTE -> new RowCondition.Compare(value, Comparator.MORE_OR_EQUAL, start);
            case LT -> new RowCondition.Compare(value, Comparator.LESS, start);
            case LTE -> new RowCondition.Compare(value, Comparator.LESS, end);
            default -> throw new IllegalArgumentException(operator.name());
        };
    }

    private static RowCondition within(Scalar value, Scalar start, Scalar end) {
        return new RowCondition.And(List.of(new RowCondition.Compare(value, Comparator.MORE_OR_EQUAL, start),
                new RowCondition.Compare(value, Comparator.LESS, end)));
    }

    private static Scalar edge(String field, Scalar value, RawValue literal, boolean end) {
        return new Scalar.Parameter(new Binding.SpanEdge(literal, value.type(), field, end), value.type(), false);
    }

    private static Scalar one(String field, Scalar value, RawValue literal) {
        if (ValueKind.of(value.type()) == ValueKind.LIST) {
            return list(field, value, literal, false);
        }
        return new Scalar.Parameter(new Binding.Literal(literal, value.type(), field), value.type(), false);
    }

    private static Scalar list(String field, Scalar value, RawValue literal, boolean oneWillDo) {
        FieldType element = element(value.type());
        return new Scalar.Parameter(new Binding.LiteralList(literal, element, field, oneWillDo), element, true);
    }

    private static FieldType element(FieldType type) {
        return switch (type) {
            case FieldType.References _ -> new FieldType.Id();
            case FieldType.Choices _ -> new FieldType.Text("text", null, null, null);
            case FieldType.File file when file.multiple() -> new FieldType.Text("text", null, null, null);
            default -> type;
        };
    }

    private static @Nullable Comparator comparator(Operator operator) {
        return switch (operator) {
            case EQ -> Comparator.EQUAL;
            case NE -> Comparator.DIFFERENT;
            case GT -> Comparator.MORE;
            case GTE -> Comparator.MORE_OR_EQUAL;
            case LT -> Comparator.LESS;
            case LTE -> Comparator.LESS_OR_EQUAL;
            case IN, NOT_IN, CONTAINS, NOT_CONTAINS, ICONTAINS, STARTS_WITH, ENDS_WITH, LIKE, ILIKE, BETWEEN, IS_NULL,
                    IS_NOT_NULL ->
                null;
        };
    }
}
