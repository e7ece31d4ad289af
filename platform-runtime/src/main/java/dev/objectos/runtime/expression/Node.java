package dev.objectos.runtime.expression;

import dev.objectos.runtime.metadata.FieldPath;
import dev.objectos.runtime.metadata.FieldType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A checked expression as a tree, in which every name is resolved and every conversion is written out. */
sealed interface Node {

    ExpressionType type();

    /** A constant in its evaluated form; null for the null literal. */
    record Literal(@Nullable Object value, ExpressionType type) implements Node {}

    /**
     * A field of the record, or of the record before the change.
     *
     * @param object the object whose field the path ends in
     * @param fieldType that field's type
     */
    record FieldRead(boolean previous, FieldPath path, String object, FieldType fieldType) implements Node {

        @Override
        public ExpressionType type() {
            return ExpressionType.of(fieldType);
        }
    }

    /**
     * An attribute of the acting user.
     *
     * @param ofSession whether the session knows it, rather than the caller
     */
    record UserRead(String attribute, boolean ofSession, ExpressionType type) implements Node {}

    record ParamRead(String name, ExpressionType type) implements Node {}

    record Now() implements Node {

        @Override
        public ExpressionType type() {
            return ExpressionType.INSTANT;
        }
    }

    record Today() implements Node {

        @Override
        public ExpressionType type() {
            return ExpressionType.DATE;
        }
    }

    /** The element under consideration inside {@code exists, all, map, filter}; numbered from the outermost. */
    record Bound(int number, ExpressionType type) implements Node {}

    /** Number with number, or duration with duration. */
    record Arithmetic(Operation operation, Node left, Node right, ExpressionType type) implements Node {}

    /** What arithmetic does. */
    enum Operation {
        ADD, SUBTRACT, MULTIPLY, DIVIDE, REMAINDER
    }

    /** Text put together; a null part counts as empty, but all parts null give null. */
    record Concatenation(List<Node> parts) implements Node {

        @Override
        public ExpressionType type() {
            return ExpressionType.TEXT;
        }
    }

    /** Text put together with a blank separator, which stands only between parts that have content; without any, null. */
    record Joined(String separator, List<Node> parts) implements Node {

        @Override
        public ExpressionType type() {
            return ExpressionType.TEXT;
        }
    }

    /** Null-safe: two nulls are equal, and the answer is never null. Both sides have one type. */
    record Equality(boolean negated, Node left, Node right) implements Truth {}

    /** Null where a side is. */
    record Ordering(Order order, Node left, Node right) implements Truth {}

    /** How two values stand to each other. */
    enum Order {

        LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL;

        boolean accepts(int comparison) {
            return switch (this) {
                case LESS -> comparison < 0;
                case LESS_OR_EQUAL -> comparison <= 0;
                case GREATER -> comparison > 0;
                case GREATER_OR_EQUAL -> comparison >= 0;
            };
        }
    }

    /** Three-valued. */
    record And(Node left, Node right) implements Truth {}

    /** Three-valued. */
    record Or(Node left, Node right) implements Truth {}

    /** Three-valued. */
    record Not(Node term) implements Truth {}

    /** A null condition takes the second branch. */
    record Conditional(Node condition, Node then, Node otherwise, ExpressionType type) implements Node {}

    /** Null-safe: null is in a list that has a null; nothing is in a null list. Never null. */
    record Membership(Node element, Node list) implements Truth {}

    /** Whether there is a value. */
    record Present(Node value) implements Truth {}

    record Listing(List<Node> elements, ExpressionType type) implements Node {}

    /** An element by position from 0; null where there is none. */
    record Element(Node list, Node index, ExpressionType type) implements Node {}

    /** A member of a JSON object; null where there is none. */
    record Member(Node json, String name) implements Node {

        @Override
        public ExpressionType type() {
            return ExpressionType.JSON;
        }
    }

    /** A condition on the elements of a list. Null conditions do not hold; a null list is empty. Never null. */
    record Quantified(Quantifier quantifier, Bound element, Node list, Node condition) implements Truth {}

    /** How many elements must meet a condition. */
    enum Quantifier {
        EXISTS, ALL, EXISTS_ONE
    }

    /** A list of what each element gives; null for a null list. */
    record Mapped(Bound element, Node list, Node body, ExpressionType type) implements Node {}

    /** The elements that meet a condition; null for a null list. */
    record Filtered(Bound element, Node list, Node condition) implements Node {

        @Override
        public ExpressionType type() {
            return list.type();
        }
    }

    record Converted(Conversion conversion, Node value, ExpressionType type) implements Node {}

    record Call(Function function, List<Node> arguments, ExpressionType type) implements Node {

        Node argument(int index) {
            return arguments.get(index);
        }
    }

    /** A node that is true, false or unknown. */
    sealed interface Truth extends Node {

        @Override
        default ExpressionType type() {
            return ExpressionType.BOOLEAN;
        }
    }

    /** Whether the value may be null for some record. */
    default boolean nullable() {
        return switch (this) {
            case Literal literal -> literal.value() == null;
            case Equality _,Membership _,Present _,Quantified _,Listing _,Now _,Today _ -> false;
            case UserRead user -> !user.ofSession() || user.type() instanceof ExpressionType.Reference
                    || user.attribute().equals("username") || user.attribute().equals("email")
                    || user.attribute().equals("name");
            case And(Node left, Node right) -> left.nullable() || right.nullable();
            case Or(Node left, Node right) -> left.nullable() || right.nullable();
            case Not(Node term) -> term.nullable();
            case Concatenation(List<Node> parts) -> parts.stream().allMatch(Node::nullable);
            case Conditional conditional -> conditional.then().nullable() || conditional.otherwise().nullable();
            case Call call -> switch (call.function()) {
                case IS_BLANK -> false;
                case COALESCE, GREATEST, LEAST -> call.arguments().stream().allMatch(Node::nullable);
                case CONTAINS, STARTS_WITH, ENDS_WITH, UPPER, LOWER, UPPER_ASCII, LOWER_ASCII, TRIM, ABS ->
                    call.arguments().stream().anyMatch(Node::nullable);
                default -> true;
            };
            case FieldRead _,ParamRead _,Bound _,Arithmetic _,Joined _,Ordering _,Element _,Member _,Mapped _,Filtered _,Converted _ ->
                true;
        };
    }
}
