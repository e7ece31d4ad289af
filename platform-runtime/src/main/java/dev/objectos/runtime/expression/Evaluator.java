package dev.objectos.runtime.expression;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Computes a checked expression in the JVM, with one record's values. */
final class Evaluator {

    /** Digits after the point that a division keeps. */
    static final int DIVISION_SCALE = 20;

    private final Reads reads;
    private @Nullable Object[] bound = new Object[4];

    Evaluator(Reads reads) {
        this.reads = reads;
    }

    /** Where names get their values, in evaluated form. */
    interface Reads {

        @Nullable
        Object field(Node.FieldRead read);

        @Nullable
        Object user(Node.UserRead read);

        @Nullable
        Object param(Node.ParamRead read);

        Object now();

        LocalDate today();
    }

    @Nullable
    Object evaluate(Node node) {
        return switch (node) {
            case Node.Literal literal -> literal.value();
            case Node.FieldRead read -> reads.field(read);
            case Node.UserRead read -> reads.user(read);
            case Node.ParamRead read -> reads.param(read);
            case Node.Now _ -> reads.now();
            case Node.Today _ -> reads.today();
            case Node.Bound element -> bound[element.number()];
            case Node.Arithmetic arithmetic -> arithmetic(arithmetic);
            case Node.Concatenation(List<Node> parts) -> concatenation(parts);
            case Node.Joined joined -> joined(joined);
            case Node.Equality(boolean negated, Node left, Node right) ->
                Values.same(evaluate(left), evaluate(right)) != negated;
            case Node.Ordering ordering -> ordering(ordering);
            case Node.And(Node left, Node right) -> either(left, right, false);
            case Node.Or(Node left, Node right) -> either(left, right, true);
            case Node.Not(Node term) -> evaluate(term) instanceof Boolean truth ? !truth : null;
            case Node.Conditional conditional ->
                evaluate(holds(conditional.condition()) ? conditional.then() : conditional.otherwise());
            case Node.Membership(Node element, Node list) -> contains(list(list), evaluate(element));
            case Node.Present(Node value) -> evaluate(value) != null;
            case Node.Listing(List<Node> elements, ExpressionType _) -> listing(elements);
            case Node.Element element -> element(element);
            case Node.Member(Node json, String name) ->
                evaluate(json) instanceof Map<?, ?> members ? Conversions.json(members.get(name)) : null;
            case Node.Quantified quantified -> quantified(quantified);
            case Node.Mapped mapped -> mapped(mapped);
            case Node.Filtered filtered -> filtered(filtered);
            case Node.Converted converted -> converted(converted);
            case Node.Call call -> call(call);
        };
    }

    private boolean holds(Node condition) {
        return Boolean.TRUE.equals(evaluate(condition));
    }

    private @Nullable List<?> list(Node node) {
        return (List<?>) evaluate(node);
    }

    /** {@code and} where the deciding value is false, {@code or} where it is true. */
    private @Nullable Boolean either(Node left, Node right, boolean deciding) {
        Object first = evaluate(left);
        if (Boolean.valueOf(deciding).equals(first)) {
            return deciding;
        }
        Object second = evaluate(right);
        if (Boolean.valueOf(deciding).equals(second)) {
            return deciding;
        }
        return first == null || second == null ? null : !deciding;
    }

    private @Nullable Boolean ordering(Node.Ordering ordering) {
        Object left = evaluate(ordering.left());
        Object right = left == null ? null : evaluate(ordering.right());
        return left == null || right == null ? null : ordering.order().accepts(Values.compare(left, right));
    }

    private @Nullable BigDecimal arithmetic(Node.Arithmetic arithmetic) {
        Object left = evaluate(arithmetic.left());
        Object right = left == null ? null : evaluate(arithmetic.right());
        if (left == null || right == null) {
            return null;
        }
        var a = (BigDecimal) left;
        var b = (BigDecimal) right;
        return switch (arithmetic.operation()) {
            case ADD -> a.add(b);
            case SUBTRACT -> a.subtract(b);
            case MULTIPLY -> a.multiply(b);
            case DIVIDE -> b.signum() == 0 ? null : trimmed(a.divide(b, DIVISION_SCALE, RoundingMode.HALF_UP));
            case REMAINDER -> b.signum() == 0 ? null : a.remainder(b);
        };
    }

    private static BigDecimal trimmed(BigDecimal number) {
        BigDecimal stripped = number.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }

    private @Nullable String concatenation(List<Node> parts) {
        var text = new StringBuilder();
        boolean found = false;
        for (Node part : parts) {
            Object value = evaluate(part);
            if (value != null) {
                found = true;
                text.append(value);
            }
        }
        return found ? text.toString() : null;
    }

    private @Nullable String joined(Node.Joined joined) {
        var text = new StringBuilder();
        for (Node part : joined.parts()) {
            if (evaluate(part) instanceof String value && !value.isEmpty()) {
                text.append(text.isEmpty() ? "" : joined.separator()).append(value);
            }
        }
        return text.isEmpty() ? null : text.toString();
    }

    private static boolean contains(@Nullable List<?> list, @Nullable Object element) {
        return list != null && list.stream().anyMatch(each -> Values.same(each, element));
    }

    private List<@Nullable Object> listing(List<Node> elements) {
        var values = new ArrayList<@Nullable Object>(elements.size());
        for (Node element : elements) {
            values.add(evaluate(element));
        }
        return values;
    }

    private @Nullable Object element(Node.Element element) {
        Object list = evaluate(element.list());
        Object index = evaluate(element.index());
        if (!(list instanceof List<?> elements) || !(index instanceof BigDecimal position)) {
            return null;
        }
        int at = Numbers.clamped(position, -1, Integer.MAX_VALUE);
        Object found = at < 0 || at >= elements.size() ? null : elements.get(at);
        return element.type().equals(ExpressionType.JSON) ? Conversions.json(found) : found;
    }

    private boolean quantified(Node.Quantified quantified) {
        int met = 0;
        int size = 0;
        for (Object each : elements(list(quantified.list()), quantified.element())) {
            bind(quantified.element(), each);
            size++;
            met += holds(quantified.condition()) ? 1 : 0;
        }
        return switch (quantified.quantifier()) {
            case EXISTS -> met > 0;
            case ALL -> met == size;
            case EXISTS_ONE -> met == 1;
        };
    }

    private @Nullable List<?> mapped(Node.Mapped mapped) {
        List<?> list = list(mapped.list());
        if (list == null) {
            return null;
        }
        var results = new ArrayList<@Nullable Object>();
        for (Object each : elements(list, mapped.element())) {
            bind(mapped.element(), each);
            results.add(evaluate(mapped.body()));
        }
        return results;
    }

    private @Nullable List<?> filtered(Node.Filtered filtered) {
        List<?> list = list(filtered.list());
        if (list == null) {
            return null;
        }
        var results = new ArrayList<@Nullable Object>();
        for (Object each : elements(list, filtered.element())) {
            bind(filtered.element(), each);
            if (holds(filtered.condition())) {
                results.add(each);
            }
        }
        return results;
    }

    private static List<@Nullable Object> elements(@Nullable List<?> list, Node.Bound element) {
        var values = new ArrayList<@Nullable Object>();
        for (Object each : list == null ? List.of() : list) {
            values.add(element.type().equals(ExpressionType.JSON) ? Conversions.json(each) : each);
        }
        return values;
    }

    private void bind(Node.Bound element, @Nullable Object value) {
        if (element.number() >= bound.length) {
            bound = Arrays.copyOf(bound, element.number() * 2);
        }
        bound[element.number()] = value;
    }

    private @Nullable Object converted(Node.Converted converted) {
        Object value = evaluate(converted.value());
        return value == null ? null : Conversions.convert(converted.conversion(), value);
    }

    private @Nullable Object call(Node.Call call) {
        List<@Nullable Object> arguments = listing(call.arguments());
        return switch (call.function()) {
            case COALESCE -> first(arguments);
            case GREATEST -> extreme(arguments, 1);
            case LEAST -> extreme(arguments, -1);
            case IS_BLANK -> switch (first(arguments)) {
                case null -> true;
                case String text -> Texts.trim(text).isEmpty();
                case List<?> list -> list.isEmpty();
                default -> false;
            };
            default -> arguments.contains(null) ? null : Functions.apply(call.function(), arguments);
        };
    }

    private static @Nullable Object first(List<@Nullable Object> values) {
        for (Object value : values) {
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    private static @Nullable Object extreme(List<@Nullable Object> values, int sign) {
        Object best = null;
        for (Object value : values) {
            if (value != null && (best == null || Values.compare(value, best) * sign > 0)) {
                best = value;
            }
        }
        return best;
    }

    /** The microsecond precision of the database. */
    static Object instant(java.time.Instant now) {
        return now.truncatedTo(ChronoUnit.MICROS);
    }
}
