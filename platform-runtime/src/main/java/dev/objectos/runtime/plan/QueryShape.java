package dev.objectos.runtime.plan;

import dev.objectos.runtime.query.Query;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A query without its values: all queries of one shape are one SQL statement. In its {@link Query} every literal is a
 * {@link RawValue.Slot}; search words, offset, cursor and the id of a single record are left to {@link QueryValues}.
 */
public final class QueryShape {

    private final Query query;
    private final boolean single;
    private final boolean bin;
    private final boolean offset;
    private final int words;
    private final @Nullable List<Boolean> cursor;
    private final int hash;

    /**
     * @param single whether one record is asked for by its id
     * @param bin whether records in the recycle bin are asked for
     * @param words how many words are searched for
     * @param cursor for each key of the order, whether the cursor stands at a null; null: no cursor
     */
    QueryShape(Query query, boolean single, boolean bin, boolean offset, int words, @Nullable List<Boolean> cursor) {
        this.query = query;
        this.single = single;
        this.bin = bin;
        this.offset = offset;
        this.words = words;
        this.cursor = cursor;
        this.hash = Objects.hash(query, single, bin, offset, words, cursor);
    }

    Query query() {
        return query;
    }

    boolean single() {
        return single;
    }

    boolean bin() {
        return bin;
    }

    boolean offset() {
        return offset;
    }

    int words() {
        return words;
    }

    @Nullable
    List<Boolean> cursor() {
        return cursor;
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || other instanceof QueryShape that && hash == that.hash && single == that.single
                && bin == that.bin && offset == that.offset && words == that.words && Objects.equals(cursor, that.cursor)
                && query.equals(that.query);
    }
}
