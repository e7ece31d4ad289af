package dev.objectos.runtime.query;

import dev.objectos.runtime.metadata.FieldPath;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What records somebody wants to see, the same whatever surface asked. Names are not resolved yet.
 *
 * @param fields paths to show; empty: every field
 * @param search words to look for in the searchable fields
 * @param count whether the answer must say how many match in all
 */
public record Query(String object, List<FieldPath> fields, Predicate where, List<Sort> orderBy, Page page,
        List<Expansion> expand, List<Grouping> groupBy, List<Aggregation> aggregations, Predicate having,
        @Nullable String search, boolean count) {

    public Query {
        fields = List.copyOf(fields);
        orderBy = List.copyOf(orderBy);
        expand = List.copyOf(expand);
        groupBy = List.copyOf(groupBy);
        aggregations = List.copyOf(aggregations);
    }

    /** Everything of an object, first page. */
    public static Query of(String object) {
        return new Query(object, List.of(), Predicate.ALWAYS, List.of(), Page.first(Page.DEFAULT), List.of(), List.of(),
                List.of(), Predicate.ALWAYS, null, false);
    }

    /** Whether the answer holds groups rather than records. */
    public boolean grouped() {
        return !groupBy.isEmpty() || !aggregations.isEmpty();
    }
}
