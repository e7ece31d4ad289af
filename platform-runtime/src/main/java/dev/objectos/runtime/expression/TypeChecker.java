package dev.objectos.runtime.expression;

import static dev.objectos.runtime.expression.ExpressionType.BOOLEAN;
import static dev.objectos.runtime.expression.ExpressionType.DATE;
import static dev.objectos.runtime.expression.ExpressionType.DECIMAL;
import static dev.objectos.runtime.expression.ExpressionType.DURATION;
import static dev.objectos.runtime.expression.ExpressionType.INSTANT;
import static dev.objectos.runtime.expression.ExpressionType.INTEGER;
import static dev.objectos.runtime.expression.ExpressionType.JSON;
import static dev.objectos.runtime.expression.ExpressionType.NULL;
import static dev.objectos.runtime.expression.ExpressionType.TEXT;

import dev.cel.common.Operator;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.objectos.runtime.metadata.Catalog;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Turns what the parser understood into a checked expression, or refuses it with everything that is wrong. */
final class TypeChecker {

    private static final int MAX_DEPTH = 100;
    private static final int MAX_DIGITS = 1_000;

    private final CelSyntax syntax;
    private final Names names;
    private final CallChecker calls;
    private final boolean translated;
    private int depth;

    private TypeChecker(Catalog catalog, Scope scope, CelSyntax syntax) {
        this.syntax = syntax;
        this.translated = scope.translated();
        this.names = new Names(catalog, scope, syntax);
        this.calls = new CallChecker(this, names, syntax);
    }

    static Node check(Catalog catalog, Scope scope, CelSyntax syntax) {
        return new TypeChecker(catalog, scope, syntax).check(syntax.root());
    }

    Node check(CelExpr part) {
        depth++;
        try {
            if (depth > MAX_DEPTH) {
                throw refusal(part, "the expression is nested more than " + MAX_DEPTH + " deep",
                        "divide it among several formula fields");
            }
            return inSqlIfNeeded(part, dispatch(part));
        } finally {
            depth--;
        }
    }

    /** All of them, or everything that is wrong with any. */
    List<Node> checkAll(List<CelExpr> parts) {
        var nodes = new ArrayList<Node>(parts.size());
        var problems = new ArrayList<ExpressionProblem>();
        for (CelExpr part : parts) {
            try {
                nodes.add(check(part));
            } catch (Refusal refusal) {
                problems.addAll(refusal.problems());
            }
        }
        if (!problems.isEmpty()) {
            throw new Refusal(problems);
        }
        return nodes;
    }

    Refusal refusal(CelExpr part, String message, String suggestion) {
        return new Refusal(syntax.text().problem(syntax.start(part), message, suggestion));
    }

    /** The node as a value of that type, or a refusal that says what needs it. */
    Node fit(CelExpr part, Node node, ExpressionType type, String what) {
        return TypeRules.fit(node, type).orElseThrow(
                () -> refusal(part, what + " needs " + type + ", not " + node.type(), hint(node.type(), type)));
    }

    /** How one type is turned into another on purpose. */
    static String hint(ExpressionType from, ExpressionType to) {
        if (to.equals(TEXT) && !(from instanceof ExpressionType.ListOf)) {
            return "write string(…) around it";
        }
        if (to.equals(INTEGER) && (from.equals(DECIMAL) || from.equals(TEXT) || from.equals(JSON))) {
            return "write round(…) or int(…) around it";
        }
        if (TypeRules.isNumber(to) && from.equals(TEXT)) {
            return "write number(…) around it";
        }
        if (to.equals(DATE) && (from.equals(TEXT) || from.equals(INSTANT))) {
            return "write date(…) around it";
        }
        if (to.equals(INSTANT) && from.equals(TEXT)) {
            return "write timestamp(…) around it";
        }
        return to.equals(BOOLEAN) ? "compare it with something" : "";
    }

    private Node inSqlIfNeeded(CelExpr part, Node node) {
        if (!translated) {
            return node;
        }
        return switch (node) {
            case Node.FieldRead read when read.previous() ->
                throw refusal(part, "'previous' is not known where the database computes the value", "");
            case Node.ParamRead _ ->
                throw refusal(part, "'params' are not known where the database computes the value", "");
            case Node.Call call when call.function() == Function.MATCHES -> throw refusal(part,
                    "matches cannot be computed by the database", "use contains, startsWith or endsWith");
            default -> node;
        };
    }

    private Node dispatch(CelExpr part) {
        return switch (part.getKind()) {
            case CONSTANT -> constant(part);
            case IDENT -> names.resolve(part).orElseThrow();
            case SELECT -> select(part);
            case CALL -> call(part);
            case LIST -> list(part);
            case MAP, STRUCT -> throw refusal(part, "objects in braces are not supported", "");
            case NOT_SET, COMPREHENSION -> throw refusal(part, "this is not supported", "");
        };
    }

    private Node constant(CelExpr part) {
        CelConstant constant = part.constant();
        return switch (constant.getKind()) {
            case NULL_VALUE -> new Node.Literal(null, NULL);
            case BOOLEAN_VALUE -> new Node.Literal(constant.booleanValue(), BOOLEAN);
            case INT64_VALUE -> new Node.Literal(BigDecimal.valueOf(constant.int64Value()), INTEGER);
            case UINT64_VALUE -> new Node.Literal(new BigDecimal(constant.uint64Value().bigIntegerValue()), INTEGER);
            case DOUBLE_VALUE -> decimal(part, constant.doubleValue());
            case STRING_VALUE -> text(part, constant.stringValue());
            case BYTES_VALUE, TIMESTAMP_VALUE, DURATION_VALUE, NOT_SET ->
                throw refusal(part, "values of this kind are not supported", "");
        };
    }

    /** From the text of the expression, for the parser has made a double of it. */
    private Node decimal(CelExpr part, double approximate) {
        BigDecimal written = new BigDecimal(syntax.text().number(syntax.offset(part)));
        BigDecimal value = approximate < 0 ? written.negate() : written;
        if (value.precision() > MAX_DIGITS || Math.abs((long) value.scale()) > MAX_DIGITS) {
            throw refusal(part, "the number has more than " + MAX_DIGITS + " digits", "");
        }
        return new Node.Literal(value.scale() < 0 ? value.setScale(0) : value, DECIMAL);
    }

    private Node text(CelExpr part, String text) {
        if (text.indexOf('\0') >= 0) {
            throw refusal(part, "the text contains the character U+0000, which no field can hold", "");
        }
        return new Node.Literal(text, TEXT);
    }

    private Node select(CelExpr part) {
        Optional<Node> named = names.resolve(part);
        if (named.isPresent()) {
            return named.get();
        }
        Node owner = check(part.select().operand());
        return names.member(owner, part.select().field(), syntax.text().after(syntax.offset(part)));
    }

    private Node list(CelExpr part) {
        if (part.list().elements().isEmpty()) {
            return new Node.Listing(List.of(), ExpressionType.list(NULL));
        }
        return listing(part, part.list().elements(), checkAll(part.list().elements()));
    }

    Node listing(CelExpr part, List<CelExpr> parts, List<Node> elements) {
        List<Node> unified = unified(parts, elements, "a list");
        ExpressionType type = unified.getFirst().type();
        if (type instanceof ExpressionType.ListOf || type.equals(DURATION)) {
            throw refusal(part, "a list of " + type + " is not supported", "");
        }
        return new Node.Listing(unified, ExpressionType.list(type));
    }

    /** All brought to one type. */
    List<Node> unified(List<CelExpr> parts, List<Node> nodes, String what) {
        Node widest = nodes.getFirst();
        for (int i = 1; i < nodes.size(); i++) {
            widest = pair(parts.get(i), widest, nodes.get(i), what).left();
        }
        var unified = new ArrayList<Node>(nodes.size());
        for (int i = 0; i < nodes.size(); i++) {
            unified.add(pair(parts.get(i), widest, nodes.get(i), what).right());
        }
        return unified;
    }

    TypeRules.Pair pair(CelExpr part, Node left, Node right, String what) {
        return TypeRules.unify(left, right)
                .orElseThrow(() -> refusal(part,
                        what + " needs one type, but has " + left.type() + " and " + right.type(),
                        pairHint(left.type(), right.type())));
    }

    private static String pairHint(ExpressionType left, ExpressionType right) {
        boolean number = TypeRules.isNumber(left) || TypeRules.isNumber(right);
        boolean text = left.equals(TEXT) || right.equals(TEXT);
        if (number && text) {
            return "write string(…) around the number or number(…) around the text";
        }
        if (left instanceof ExpressionType.Reference || right instanceof ExpressionType.Reference) {
            return "a lookup is the id of a record; follow it to a field: lookup.name";
        }
        return text ? hint(TEXT, left.equals(TEXT) ? right : left) : "";
    }

    private Node call(CelExpr part) {
        CelExpr.CelCall call = part.call();
        if (call.target().isPresent() || call.function().isEmpty() || Character.isLetter(call.function().charAt(0))
                || call.function().matches("_[A-Za-z]\\w*")) {
            return calls.check(part);
        }
        Operator operator = Operator.findReverse(call.function())
                .orElseThrow(() -> refusal(part, "the operator " + call.function() + " is not supported", ""));
        List<CelExpr> parts = call.args();
        var operation = new Operation(part, parts, checkAll(parts));
        return switch (operator) {
            case CONDITIONAL -> conditional(operation);
            case LOGICAL_AND -> new Node.And(operation.truth(0, "&&"), operation.truth(1, "&&"));
            case LOGICAL_OR -> new Node.Or(operation.truth(0, "||"), operation.truth(1, "||"));
            case LOGICAL_NOT -> new Node.Not(operation.truth(0, "!"));
            case EQUALS -> equality(operation, false);
            case NOT_EQUALS -> equality(operation, true);
            case LESS -> ordering(operation, Node.Order.LESS);
            case LESS_EQUALS -> ordering(operation, Node.Order.LESS_OR_EQUAL);
            case GREATER -> ordering(operation, Node.Order.GREATER);
            case GREATER_EQUALS -> ordering(operation, Node.Order.GREATER_OR_EQUAL);
            case ADD, SUBTRACT, MULTIPLY, DIVIDE, MODULO, NEGATE ->
                new ArithmeticChecker(this, operation).check(operator);
            case INDEX -> index(operation);
            case IN, OLD_IN -> membership(operation.parts(), operation.nodes());
            case HAS, ALL, EXISTS, EXISTS_ONE, EXISTS_ONE_NEW, MAP, FILTER, NOT_STRICTLY_FALSE, OLD_NOT_STRICTLY_FALSE,
                    OPTIONAL_INDEX, OPTIONAL_SELECT ->
                throw refusal(part, "this is not supported", "");
        };
    }

    /** An operator with its checked operands. */
    final class Operation {

        private final CelExpr whole;
        private final List<CelExpr> parts;
        private final List<Node> nodes;

        Operation(CelExpr whole, List<CelExpr> parts, List<Node> nodes) {
            this.whole = whole;
            this.parts = parts;
            this.nodes = nodes;
        }

        CelExpr whole() {
            return whole;
        }

        List<CelExpr> parts() {
            return parts;
        }

        List<Node> nodes() {
            return nodes;
        }

        Node node(int index) {
            return nodes.get(index);
        }

        Node truth(int index, String what) {
            return as(index, BOOLEAN, what);
        }

        Node as(int index, ExpressionType type, String what) {
            return fit(parts.get(index), nodes.get(index), type, "'" + what + "'");
        }
    }

    Node conditional(Operation operation) {
        Node condition = operation.truth(0, "?");
        TypeRules.Pair branches = pair(operation.parts().get(2), operation.node(1), operation.node(2), "a choice");
        return new Node.Conditional(condition, branches.left(), branches.right(), branches.type());
    }

    private Node equality(Operation operation, boolean negated) {
        TypeRules.Pair sides = pair(operation.parts().get(1), operation.node(0), operation.node(1),
                negated ? "'!='" : "'=='");
        return new Node.Equality(negated, sides.left(), sides.right());
    }

    private Node ordering(Operation operation, Node.Order order) {
        String sign = switch (order) {
            case LESS -> "'<'";
            case LESS_OR_EQUAL -> "'<='";
            case GREATER -> "'>'";
            case GREATER_OR_EQUAL -> "'>='";
        };
        TypeRules.Pair sides = pair(operation.parts().get(1), operation.node(0), operation.node(1), sign);
        if (sides.type().equals(JSON)) {
            throw refusal(operation.parts().getFirst(), sign + " needs to know what the json values are",
                    "write number(…), string(…) or date(…) around one");
        }
        if (!TypeRules.isOrdered(sides.type())) {
            throw refusal(operation.parts().getFirst(), "values of type " + sides.type() + " have no order", "");
        }
        return new Node.Ordering(order, sides.left(), sides.right());
    }

    private Node index(Operation operation) {
        Node owner = operation.node(0);
        if (owner.type().equals(JSON)) {
            if (operation.node(1) instanceof Node.Literal literal && literal.value() instanceof String name) {
                return new Node.Member(owner, name);
            }
            return new Node.Element(owner, operation.as(1, DECIMAL, "[ ]"), JSON);
        }
        if (owner.type() instanceof ExpressionType.ListOf(ExpressionType element)) {
            return new Node.Element(owner, operation.as(1, DECIMAL, "[ ]"), element);
        }
        throw refusal(operation.parts().getFirst(), "only a list or json has elements, not " + owner.type(), "");
    }

    Node membership(List<CelExpr> parts, List<Node> nodes) {
        Node element = nodes.getFirst();
        Node list = nodes.get(1);
        if (list.type().equals(NULL)) {
            return new Node.Literal(false, BOOLEAN);
        }
        if (list.type().equals(JSON)) {
            return inJson(parts, element, list);
        }
        if (!(list.type() instanceof ExpressionType.ListOf(ExpressionType type))) {
            String suggestion = list.type().equals(TEXT) ? "write text.contains(part)" : "";
            throw refusal(parts.get(1), "'in' needs a list, not " + list.type(), suggestion);
        }
        if (list instanceof Node.Listing listing) {
            Node widest = element;
            for (Node each : listing.elements()) {
                widest = pair(parts.get(1), widest, each, "'in'").left();
            }
            Node fitting = fit(parts.get(1), list, ExpressionType.list(widest.type()), "'in'");
            return new Node.Membership(widest, fitting);
        }
        TypeRules.Pair sides = pair(parts.getFirst(), element, new Node.Bound(0, type), "'in'");
        if (!(sides.right() instanceof Node.Bound) && !TypeRules.isNumber(type)) {
            throw refusal(parts.getFirst(), "'in' needs one type, but has " + element.type() + " and " + type,
                    pairHint(element.type(), type));
        }
        return new Node.Membership(sides.left(), list);
    }

    /** A JSON list holds a value where an element, read as the value's type, equals it. */
    private Node inJson(List<CelExpr> parts, Node element, Node json) {
        Node list = fit(parts.get(1), json, ExpressionType.list(JSON), "'in'");
        var each = new Node.Bound(names.depth(), JSON);
        TypeRules.Pair sides = pair(parts.getFirst(), element, each, "'in'");
        Node equal = new Node.And(new Node.Present(sides.right()),
                new Node.Equality(false, sides.left(), sides.right()));
        return new Node.Quantified(Node.Quantifier.EXISTS, each, list, equal);
    }
}
