package dev.objectos.permissions.rights;

import dev.objectos.runtime.spi.RowFilter;
import java.util.List;

/** Joins row filters, and leaves out what adds nothing, so that equal rights give equal statements. */
final class Filters {

    private Filters() {}

    static RowFilter any(List<RowFilter> filters) {
        if (filters.contains(RowFilter.EVERYTHING)) {
            return RowFilter.EVERYTHING;
        }
        List<RowFilter> some = filters.stream().filter(filter -> !filter.equals(RowFilter.NOTHING)).distinct().toList();
        return some.size() == 1 ? some.getFirst() : new RowFilter.AnyOf(some);
    }

    static RowFilter all(List<RowFilter> filters) {
        if (filters.contains(RowFilter.NOTHING)) {
            return RowFilter.NOTHING;
        }
        List<RowFilter> some = filters.stream().filter(filter -> !filter.equals(RowFilter.EVERYTHING)).distinct()
                .toList();
        return some.size() == 1 ? some.getFirst() : new RowFilter.AllOf(some);
    }

    /** What a filter lets through where nobody has opened single records to others. */
    static RowFilter unshared(RowFilter filter) {
        return switch (filter) {
            case RowFilter.Listed _ -> RowFilter.NOTHING;
            case RowFilter.AnyOf(List<RowFilter> filters) -> any(filters.stream().map(Filters::unshared).toList());
            case RowFilter.AllOf(List<RowFilter> filters) -> all(filters.stream().map(Filters::unshared).toList());
            case RowFilter.Through(String lookup, RowFilter behind) -> new RowFilter.Through(lookup, unshared(behind));
            case RowFilter.Where _,RowFilter.Matching _,RowFilter.Not _ -> filter;
        };
    }

    /** What the first lets through and the second does not. */
    static RowFilter except(RowFilter filter, RowFilter removed) {
        if (removed.equals(RowFilter.NOTHING)) {
            return filter;
        }
        return removed.equals(RowFilter.EVERYTHING)
                ? RowFilter.NOTHING
                : all(List.of(filter, new RowFilter.Not(removed)));
    }
}
