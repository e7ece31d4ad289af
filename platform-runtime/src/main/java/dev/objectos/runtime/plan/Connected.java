package dev.objectos.runtime.plan;

import dev.objectos.runtime.query.PageSelection;
import java.util.List;

/**
 * A page of records with its place among all of them.
 *
 * @param rows all of them
 * @param order the order in which the page is looked for: for the last ones before a place, the reverse of that asked for
 * @param bounds which places the page lies beyond, each with the order that counts for it
 * @param size most records shown
 * @param last whether the page is shown in the reverse of its order
 * @param entered whether the page begins at a place, so that there are records behind
 * @param digest of the order asked for, which cursors carry
 * @param joins what is shown through lookups
 * @param parts what is shown
 */
public record Connected(Rows rows, List<OrderKey> order, List<RowCondition.After> bounds, int size, boolean last,
        boolean entered, String digest, List<Join> joins, List<Part> parts) {

    public Connected {
        order = List.copyOf(order);
        bounds = List.copyOf(bounds);
        joins = List.copyOf(joins);
        parts = List.copyOf(parts);
    }

    /** A member of what is shown. */
    public sealed interface Part {

        String name();

        record Text(String name, String text) implements Part {}

        record Total(String name) implements Part {}

        record Nodes(String name, Projection projection) implements Part {}

        record Edges(String name, List<Edge> parts) implements Part {

            public Edges {
                parts = List.copyOf(parts);
            }
        }

        record PageInfo(String name, List<PageSelection.Fact> facts) implements Part {

            public PageInfo {
                facts = List.copyOf(facts);
            }
        }
    }

    /** A member of a record with its place. */
    public sealed interface Edge {

        String name();

        record Text(String name, String text) implements Edge {}

        record Cursor(String name) implements Edge {}

        record Node(String name, Projection projection) implements Edge {}
    }
}
