package dev.objectos.runtime.query;

import org.jspecify.annotations.Nullable;

/**
 * Which part of a result is wanted.
 *
 * @param limit at most {@value #MAXIMUM} records
 * @param offset records to skip; null: paging by cursor or from the start
 * @param cursor {@code nextCursor} of an earlier answer; excludes an offset
 */
public record Page(int limit, @Nullable Integer offset, @Nullable String cursor) {

    public static final int DEFAULT = 100;
    public static final int MAXIMUM = 1_000;

    public static Page first(int limit) {
        return new Page(limit, null, null);
    }
}
