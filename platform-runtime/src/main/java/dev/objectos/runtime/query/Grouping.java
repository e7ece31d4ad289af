package dev.objectos.runtime.query;

import dev.objectos.runtime.metadata.FieldPath;
import org.jspecify.annotations.Nullable;

/**
 * A key by which records are grouped.
 *
 * @param granularity for dates and instants: the span that makes one group; null: the value itself
 * @param alias the key's name in the answer
 */
public record Grouping(FieldPath field, @Nullable Granularity granularity, String alias) {

    /** Spans of time, in the session's zone; weeks start on Monday (ISO 8601). */
    public enum Granularity {
        DAY, WEEK, MONTH, QUARTER, YEAR
    }
}
