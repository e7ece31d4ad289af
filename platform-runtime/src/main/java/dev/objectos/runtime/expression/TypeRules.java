package dev.objectos.runtime.expression;

import static dev.objectos.runtime.expression.ExpressionType.BOOLEAN;
import static dev.objectos.runtime.expression.ExpressionType.DATE;
import static dev.objectos.runtime.expression.ExpressionType.DECIMAL;
import static dev.objectos.runtime.expression.ExpressionType.INSTANT;
import static dev.objectos.runtime.expression.ExpressionType.INTEGER;
import static dev.objectos.runtime.expression.ExpressionType.JSON;
import static dev.objectos.runtime.expression.ExpressionType.NULL;
import static dev.objectos.runtime.expression.ExpressionType.TEXT;
import static dev.objectos.runtime.expression.ExpressionType.TIME;

import java.util.ArrayList;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which types go together, and what an operand becomes so that they do. */
final class TypeRules {

    private TypeRules() {}

    static boolean isNumber(ExpressionType type) {
        return type.equals(INTEGER) || type.equals(DECIMAL);
    }

    /** Whether values can be smaller and greater. */
    static boolean isOrdered(ExpressionType type) {
        return isNumber(type) || type.equals(TEXT) || type.equals(DATE) || type.equals(TIME) || type.equals(INSTANT)
                || type.equals(ExpressionType.DURATION) || type.equals(NULL);
    }

    static boolean isNull(Node node) {
        return node instanceof Node.Literal literal && literal.value() == null;
    }

    /** The node as a value of that type where this loses nothing; json becomes null where it holds something else. */
    static Optional<Node> fit(Node node, ExpressionType type) {
        return Optional.ofNullable(converted(node, type));
    }

    private static @Nullable Node converted(Node node, ExpressionType to) {
        ExpressionType from = node.type();
        if (from.equals(to)) {
            return node;
        }
        if (from.equals(NULL)) {
            return new Node.Literal(null, to);
        }
        if (from.equals(JSON)) {
            return fromJson(node, to);
        }
        if (from instanceof ExpressionType.Reference && to instanceof ExpressionType.Reference) {
            return node;
        }
        if (from.equals(INTEGER) && to.equals(DECIMAL)) {
            return node;
        }
        if (from.equals(DATE) && to.equals(INSTANT)) {
            return new Node.Converted(Conversion.DATE_TO_INSTANT, node, INSTANT);
        }
        if (node instanceof Node.Literal(Object value, ExpressionType _) && value instanceof String text) {
            Object moment = Conversions.fromText(text, to);
            return moment == null ? null : new Node.Literal(moment, to);
        }
        if (from instanceof ExpressionType.ListOf(ExpressionType element)
                && to instanceof ExpressionType.ListOf(ExpressionType wanted)) {
            return list(node, element, wanted);
        }
        return null;
    }

    private static @Nullable Node list(Node node, ExpressionType element, ExpressionType wanted) {
        if (node instanceof Node.Listing listing) {
            var elements = new ArrayList<Node>();
            for (Node each : listing.elements()) {
                Node fitting = converted(each, wanted);
                if (fitting == null) {
                    return null;
                }
                elements.add(fitting);
            }
            return new Node.Listing(elements, ExpressionType.list(wanted));
        }
        boolean same = element.equals(wanted) || (isNumber(element) && wanted.equals(DECIMAL))
                || (element instanceof ExpressionType.Reference && wanted instanceof ExpressionType.Reference);
        return same ? node : null;
    }

    private static @Nullable Node fromJson(Node json, ExpressionType to) {
        if (to.equals(TEXT)) {
            return new Node.Converted(Conversion.JSON_TO_TEXT, json, TEXT);
        }
        if (to.equals(DECIMAL)) {
            return new Node.Converted(Conversion.JSON_TO_NUMBER, json, DECIMAL);
        }
        if (to.equals(BOOLEAN)) {
            return new Node.Converted(Conversion.JSON_TO_BOOLEAN, json, BOOLEAN);
        }
        if (to instanceof ExpressionType.ListOf(ExpressionType element)) {
            return element.equals(JSON) ? new Node.Converted(Conversion.JSON_TO_LIST, json, to) : null;
        }
        Conversion conversion = textTo(to);
        return conversion == null
                ? null
                : new Node.Converted(conversion, new Node.Converted(Conversion.JSON_TO_TEXT, json, TEXT), to);
    }

    private static @Nullable Conversion textTo(ExpressionType to) {
        if (to instanceof ExpressionType.Reference) {
            return Conversion.TEXT_TO_ID;
        }
        return to.equals(DATE)
                ? Conversion.TEXT_TO_DATE
                : to.equals(INSTANT) ? Conversion.TEXT_TO_INSTANT : to.equals(TIME) ? Conversion.TEXT_TO_TIME : null;
    }

    /** Two values brought to one type, so that they can be compared or stand in for each other. */
    record Pair(Node left, Node right) {

        ExpressionType type() {
            return left.type();
        }
    }

    static Optional<Pair> unify(Node left, Node right) {
        ExpressionType type = common(left, right);
        if (type == null) {
            return Optional.empty();
        }
        Node first = forced(left, type);
        Node second = forced(right, type);
        return first == null || second == null
                ? Optional.empty()
                : Optional.of(new Pair(typed(first, type), typed(second, type)));
    }

    /** A number keeps its node, but the pair's type is that of the wider one. */
    private static Node typed(Node node, ExpressionType type) {
        if (!node.type().equals(INTEGER) || !type.equals(DECIMAL)) {
            return node;
        }
        return node instanceof Node.Literal literal
                ? new Node.Literal(literal.value(), DECIMAL)
                : new Node.Converted(Conversion.INTEGER_TO_NUMBER, node, DECIMAL);
    }

    /** As {@link #converted}, but an id may become text, because here text is what it is compared with. */
    private static @Nullable Node forced(Node node, ExpressionType type) {
        if (node.type() instanceof ExpressionType.Reference && type.equals(TEXT)) {
            return new Node.Converted(Conversion.ID_TO_TEXT, node, TEXT);
        }
        return converted(node, type);
    }

    private static @Nullable ExpressionType common(Node left, Node right) {
        ExpressionType a = left.type();
        ExpressionType b = right.type();
        if (a.equals(b) || b.equals(NULL)) {
            return a;
        }
        if (a.equals(NULL)) {
            return b;
        }
        if (a.equals(JSON) || b.equals(JSON)) {
            ExpressionType other = a.equals(JSON) ? b : a;
            return other.equals(INTEGER) ? DECIMAL : other;
        }
        if (isNumber(a) && isNumber(b)) {
            return DECIMAL;
        }
        if (a instanceof ExpressionType.Reference && b instanceof ExpressionType.Reference) {
            return ExpressionType.reference(null);
        }
        if (isMoment(a) && isMoment(b)) {
            return a.equals(TIME) || b.equals(TIME) ? null : INSTANT;
        }
        if (a.equals(TEXT) || b.equals(TEXT)) {
            return withText(a.equals(TEXT) ? left : right, a.equals(TEXT) ? b : a);
        }
        if (a instanceof ExpressionType.ListOf(ExpressionType x)
                && b instanceof ExpressionType.ListOf(ExpressionType y)) {
            ExpressionType element = common(new Node.Bound(0, x), new Node.Bound(0, y));
            return element == null ? null : ExpressionType.list(element);
        }
        return null;
    }

    private static @Nullable ExpressionType withText(Node text, ExpressionType other) {
        boolean literal = text instanceof Node.Literal;
        if (other instanceof ExpressionType.Reference) {
            return literal ? other : TEXT;
        }
        if (!literal || !isMoment(other)) {
            return null;
        }
        boolean instant = other.equals(DATE) && Objects.requireNonNull(((Node.Literal) text).value()).toString()
                .contains("T");
        return instant ? INSTANT : other;
    }

    private static boolean isMoment(ExpressionType type) {
        return type.equals(DATE) || type.equals(INSTANT) || type.equals(TIME);
    }
}
