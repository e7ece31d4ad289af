package dev.objectos.runtime.query;

import java.util.List;

/**
 * Which records, in which order, and which part of them.
 *
 * @param orderBy empty: in the order of their creation; of a lookup to several records: in the order of its value
 * @param limit at most {@value Page#MAXIMUM}
 * @param offset a {@link Operand.Literal} of how many are skipped, or {@link Operand.None}
 */
public record Range(Predicate where, List<Sort> orderBy, int limit, Operand offset) {

    public Range {
        orderBy = List.copyOf(orderBy);
    }

    /** The first records that satisfy a condition. */
    public static Range first(int limit, Predicate where) {
        return new Range(where, List.of(), limit, new Operand.None());
    }
}
