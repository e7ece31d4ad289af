package dev.objectos.runtime.expression;

import java.util.List;
import java.util.function.Consumer;

/** Walks a checked expression to find what it reads. */
final class Reads {

    private Reads() {}

    static void each(Node node, Consumer<Node> visitor) {
        visitor.accept(node);
        children(node).forEach(child -> each(child, visitor));
    }

    private static List<Node> children(Node node) {
        return switch (node) {
            case Node.Literal _,Node.FieldRead _,Node.UserRead _,Node.ParamRead _,Node.Now _,Node.Today _,Node.Bound _ ->
                List.of();
            case Node.Arithmetic arithmetic -> List.of(arithmetic.left(), arithmetic.right());
            case Node.Concatenation(List<Node> parts) -> parts;
            case Node.Joined joined -> joined.parts();
            case Node.Equality equality -> List.of(equality.left(), equality.right());
            case Node.Ordering ordering -> List.of(ordering.left(), ordering.right());
            case Node.And(Node left, Node right) -> List.of(left, right);
            case Node.Or(Node left, Node right) -> List.of(left, right);
            case Node.Not(Node term) -> List.of(term);
            case Node.Conditional choice -> List.of(choice.condition(), choice.then(), choice.otherwise());
            case Node.Membership membership -> List.of(membership.element(), membership.list());
            case Node.Present(Node value) -> List.of(value);
            case Node.Listing listing -> listing.elements();
            case Node.Element element -> List.of(element.list(), element.index());
            case Node.Member member -> List.of(member.json());
            case Node.Quantified quantified -> List.of(quantified.list(), quantified.condition());
            case Node.Mapped mapped -> List.of(mapped.list(), mapped.body());
            case Node.Filtered filtered -> List.of(filtered.list(), filtered.condition());
            case Node.Converted converted -> List.of(converted.value());
            case Node.Call call -> call.arguments();
        };
    }
}
