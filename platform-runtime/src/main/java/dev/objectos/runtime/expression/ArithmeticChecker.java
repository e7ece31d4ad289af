package dev.objectos.runtime.expression;

import static dev.objectos.runtime.expression.ExpressionType.DATE;
import static dev.objectos.runtime.expression.ExpressionType.DECIMAL;
import static dev.objectos.runtime.expression.ExpressionType.DURATION;
import static dev.objectos.runtime.expression.ExpressionType.INSTANT;
import static dev.objectos.runtime.expression.ExpressionType.INTEGER;
import static dev.objectos.runtime.expression.ExpressionType.JSON;
import static dev.objectos.runtime.expression.ExpressionType.NULL;
import static dev.objectos.runtime.expression.ExpressionType.TEXT;

import dev.cel.common.Operator;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@code + - * / %} mean for the types of their operands. */
final class ArithmeticChecker {

    private final TypeChecker checker;
    private final TypeChecker.Operation operation;

    ArithmeticChecker(TypeChecker checker, TypeChecker.Operation operation) {
        this.checker = checker;
        this.operation = operation;
    }

    Node check(Operator operator) {
        return switch (operator) {
            case ADD -> add();
            case SUBTRACT -> subtract();
            case MULTIPLY -> numbers(Node.Operation.MULTIPLY, "*");
            case DIVIDE -> numbers(Node.Operation.DIVIDE, "/");
            case MODULO -> numbers(Node.Operation.REMAINDER, "%");
            case NEGATE -> negate();
            default -> throw new IllegalArgumentException(operator + " is not arithmetic");
        };
    }

    private Node add() {
        Node left = operation.node(0);
        Node right = operation.node(1);
        ExpressionType a = left.type();
        ExpressionType b = right.type();
        if (a.equals(TEXT) || b.equals(TEXT)) {
            return concatenation(List.of(text(0), text(1)));
        }
        if (a.equals(DATE) && isCount(b)) {
            return new Node.Call(Function.ADD_DAYS, List.of(left, number(1, "+")), DATE);
        }
        if (isCount(a) && b.equals(DATE)) {
            return new Node.Call(Function.ADD_DAYS, List.of(right, number(0, "+")), DATE);
        }
        if (a.equals(INSTANT) && b.equals(DURATION)) {
            return shifted(left, right, 1);
        }
        if (a.equals(DURATION) && b.equals(INSTANT)) {
            return shifted(right, left, 0);
        }
        if (a.equals(DURATION) && b.equals(DURATION)) {
            return new Node.Arithmetic(Node.Operation.ADD, left, right, DURATION);
        }
        if (a.equals(JSON) && b.equals(JSON)) {
            throw checker.refusal(operation.parts().getFirst(), "'+' needs to know what the json values are",
                    "write number(…) or string(…) around one");
        }
        if (a.equals(NULL) && b.equals(NULL)) {
            return left;
        }
        return numbers(Node.Operation.ADD, "+");
    }

    private Node subtract() {
        Node left = operation.node(0);
        Node right = operation.node(1);
        ExpressionType a = left.type();
        ExpressionType b = right.type();
        if (a.equals(DATE) && b.equals(DATE)) {
            return new Node.Call(Function.DAYS_BETWEEN, List.of(right, left), INTEGER);
        }
        if (a.equals(DATE) && isCount(b)) {
            return new Node.Call(Function.ADD_DAYS, List.of(left, negated(number(1, "-"))), DATE);
        }
        if (a.equals(INSTANT) && b.equals(DURATION)) {
            return shifted(left, negated(right), 1);
        }
        if (a.equals(DURATION) && b.equals(DURATION)) {
            return new Node.Arithmetic(Node.Operation.SUBTRACT, left, right, DURATION);
        }
        if (isMoment(a) && isMoment(b)) {
            Node later = operation.as(0, INSTANT, "-");
            Node earlier = operation.as(1, INSTANT, "-");
            return new Node.Call(Function.SECONDS_BETWEEN, List.of(earlier, later), DURATION);
        }
        return numbers(Node.Operation.SUBTRACT, "-");
    }

    /** Whether a number can come of it, also where it is null or json. */
    private static boolean isCount(ExpressionType type) {
        return TypeRules.isNumber(type) || type.equals(NULL) || type.equals(JSON);
    }

    private static boolean isMoment(ExpressionType type) {
        return type.equals(DATE) || type.equals(INSTANT);
    }

    private Node negate() {
        Node value = operation.node(0);
        return value.type().equals(DURATION) || TypeRules.isNumber(value.type())
                ? negated(value)
                : negated(operation.as(0, DECIMAL, "-"));
    }

    private static Node negated(Node value) {
        if (value instanceof Node.Literal(Object number, ExpressionType type) && number instanceof BigDecimal decimal) {
            return new Node.Literal(decimal.negate(), type);
        }
        return new Node.Arithmetic(Node.Operation.SUBTRACT, new Node.Literal(BigDecimal.ZERO, value.type()), value,
                value.type());
    }

    /** Only by a constant, which is known not to lead out of the calendar. */
    private Node shifted(Node instant, Node duration, int durationPart) {
        if (!(duration instanceof Node.Literal)) {
            throw checker.refusal(operation.parts().get(durationPart), "only a constant duration can be added",
                    "write duration('36h'), or addDays, addHours or addMinutes");
        }
        return new Node.Call(Function.ADD_SECONDS, List.of(instant, duration), INSTANT);
    }

    private Node numbers(Node.Operation kind, String sign) {
        Node left = number(0, sign);
        Node right = number(1, sign);
        boolean whole = left.type().equals(INTEGER) && right.type().equals(INTEGER)
                && kind != Node.Operation.DIVIDE;
        return new Node.Arithmetic(kind, left, right, whole ? INTEGER : DECIMAL);
    }

    private Node number(int index, String sign) {
        Node node = operation.node(index);
        ExpressionType other = operation.node(1 - index).type();
        return node.type().equals(NULL) && other.equals(INTEGER)
                ? operation.as(index, INTEGER, sign)
                : operation.as(index, DECIMAL, sign);
    }

    private Node text(int index) {
        return operation.as(index, TEXT, "+");
    }

    /** Flat, and with a separator where every inner blank literal is the same. */
    static Node concatenation(List<Node> nodes) {
        var parts = new ArrayList<Node>();
        nodes.forEach(node -> flatten(node, parts));
        String separator = separator(parts);
        return separator == null ? new Node.Concatenation(List.copyOf(parts)) : joined(separator, parts);
    }

    private static void flatten(Node node, List<Node> into) {
        switch (node) {
            case Node.Concatenation(List<Node> parts) -> parts.forEach(part -> flatten(part, into));
            case Node.Joined(String separator, List<Node> parts) -> {
                for (int i = 0; i < parts.size(); i++) {
                    if (i > 0) {
                        into.add(new Node.Literal(separator, TEXT));
                    }
                    flatten(parts.get(i), into);
                }
            }
            default -> into.add(node);
        }
    }

    private static @Nullable String separator(List<Node> parts) {
        String found = null;
        for (int i = 0; i < parts.size(); i++) {
            String blank = blank(parts.get(i));
            if (blank == null) {
                continue;
            }
            boolean inner = i > 0 && i < parts.size() - 1 && blank(parts.get(i - 1)) == null;
            if (!inner || (found != null && !found.equals(blank))) {
                return null;
            }
            found = blank;
        }
        return found;
    }

    private static @Nullable String blank(Node part) {
        return part instanceof Node.Literal literal && literal.value() instanceof String text && !text.isEmpty()
                && text.chars().allMatch(c -> Texts.isWhite((char) c)) ? text : null;
    }

    private static Node joined(String separator, List<Node> parts) {
        var groups = new ArrayList<Node>();
        var group = new ArrayList<Node>();
        for (Node part : parts) {
            if (separator.equals(blank(part))) {
                groups.add(group(group));
                group = new ArrayList<>();
            } else {
                group.add(part);
            }
        }
        groups.add(group(group));
        return new Node.Joined(separator, groups);
    }

    private static Node group(List<Node> parts) {
        return parts.size() == 1 ? parts.getFirst() : new Node.Concatenation(List.copyOf(parts));
    }
}
