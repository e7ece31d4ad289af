package dev.objectos.runtime.plan;

import dev.objectos.runtime.query.PagePart;
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
        boolean entered, String digest, List<Join> joins, List<PagePart<Projection>> parts) {

    public Connected {
        order = List.copyOf(order);
        bounds = List.copyOf(bounds);
        joins = List.copyOf(joins);
        parts = List.copyOf(parts);
    }
}
