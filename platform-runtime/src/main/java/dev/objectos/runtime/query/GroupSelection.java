package dev.objectos.runtime.query;

import java.util.List;

/**
 * Groups of records, in the order of their keys, or one of all records where nothing is grouped by.
 *
 * @param limit most groups shown, at most {@value Page#MAXIMUM}
 * @param offset a {@link Operand.Literal} of how many groups are skipped, or {@link Operand.None}
 * @param all whether those must be all that there are: where there are more, the query is refused
 * @param parts what is shown of each group, by the aliases of keys and aggregations; two never have one name
 */
public record GroupSelection(Predicate where, List<Grouping> groupBy, List<Aggregation> aggregations, int limit,
        Operand offset, boolean all, List<Part> parts) {

    public GroupSelection {
        groupBy = List.copyOf(groupBy);
        aggregations = List.copyOf(aggregations);
        parts = List.copyOf(parts);
    }

    /** How many groups there can be in the answer. */
    public int most() {
        return groupBy.isEmpty() ? 1 : limit;
    }

    /** A member of a group. */
    public sealed interface Part {

        String name();

        record Text(String name, String text) implements Part {}

        /** A key, or something computed. */
        record Value(String name, String alias) implements Part {}

        /** Parts in an object of their own; null where there is none. */
        record Nested(String name, List<Part> parts) implements Part {

            public Nested {
                parts = List.copyOf(parts);
            }
        }
    }
}
