package dev.objectos.runtime.plan;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Groups of rows and what is computed over each.
 *
 * @param rows which rows
 * @param inputs what is computed for each row, under names that keys and aggregates refer to
 * @param keys the names of the inputs by whose values rows are grouped
 * @param members what is shown of a group
 * @param having which groups
 * @param limit most groups shown
 * @param all whether more groups than those are refused, rather than left out
 */
public record Grouped(Rows rows, List<Input> inputs, List<String> keys, List<Projection.Member.Plain> members,
        RowCondition having, List<OrderKey> order, int limit, Scalar.@Nullable Parameter offset,
        boolean all) {

    public Grouped {
        inputs = List.copyOf(inputs);
        keys = List.copyOf(keys);
        members = List.copyOf(members);
        order = List.copyOf(order);
    }

    /** A value computed for each row. */
    public record Input(String name, Scalar value) {}
}
