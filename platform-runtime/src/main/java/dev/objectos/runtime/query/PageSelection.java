package dev.objectos.runtime.query;

import java.util.List;
import java.util.stream.Stream;

/**
 * Records with what it takes to page through them (Relay's cursor connections).
 *
 * @param parts what is shown of it; two never have one name
 */
public record PageSelection(Predicate where, List<Sort> orderBy, Window window, List<Part> parts) {

    public PageSelection {
        orderBy = List.copyOf(orderBy);
        parts = List.copyOf(parts);
    }

    /** Everything that is shown of records. */
    public List<Selection> selections() {
        return parts.stream().flatMap(part -> switch (part) {
            case Part.Text _,Part.Total _,Part.PageInfo _ -> Stream.<Selection>empty();
            case Part.Nodes(String _, Selection selection) -> Stream.of(selection);
            case Part.Edges(String _, List<Edge> edge) -> edge.stream().filter(Edge.Node.class::isInstance)
                    .map(Edge.Node.class::cast).map(Edge.Node::selection);
        }).toList();
    }

    /**
     * The records of an order that follow a place, or that precede it.
     *
     * @param size at most {@value Page#MAXIMUM}
     * @param last whether the last ones before {@code before} are wanted, rather than the first ones after {@code after}
     * @param after a {@link Operand.Literal} of a cursor, or {@link Operand.None}
     * @param before likewise
     */
    public record Window(int size, boolean last, Operand after, Operand before) {}

    /** A member of the page. */
    public sealed interface Part {

        String name();

        record Text(String name, String text) implements Part {}

        /** How many records there are on all pages together. */
        record Total(String name) implements Part {}

        /** The records themselves. */
        record Nodes(String name, Selection selection) implements Part {}

        /** The records, each with its place. */
        record Edges(String name, List<Edge> parts) implements Part {

            public Edges {
                parts = List.copyOf(parts);
            }
        }

        /** Where the page lies. */
        record PageInfo(String name, List<Fact> facts) implements Part {

            public PageInfo {
                facts = List.copyOf(facts);
            }
        }
    }

    /** A member of an edge. */
    public sealed interface Edge {

        String name();

        record Text(String name, String text) implements Edge {}

        /** The record's place in the order. */
        record Cursor(String name) implements Edge {}

        record Node(String name, Selection selection) implements Edge {}
    }

    /** A member of what is said of where the page lies. */
    public sealed interface Fact {

        String name();

        record Text(String name, String text) implements Fact {}

        /** Whether there are more records in the direction of paging, or others behind. */
        record More(String name, boolean next) implements Fact {}

        /** The cursor of the first record shown, or of the last; null where there is none. */
        record End(String name, boolean first) implements Fact {}
    }
}
