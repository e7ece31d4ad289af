package dev.objectos.runtime.plan;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of an ordered set of rows, each shown as a JSON object.
 *
 * @param rows which rows
 * @param limit most of them
 * @param offset how many are skipped: a parameter, or null for none
 * @param joins what is shown through lookups; apart from those of the rows, so that only rows shown are joined
 */
public record Listing(Rows rows, List<OrderKey> order, int limit, Scalar.@Nullable Parameter offset,
        List<Join> joins, Projection projection) {

    public Listing {
        order = List.copyOf(order);
        joins = List.copyOf(joins);
    }
}
