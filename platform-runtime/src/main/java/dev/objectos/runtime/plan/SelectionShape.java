package dev.objectos.runtime.plan;

import dev.objectos.runtime.query.SelectionQuery;
import org.jspecify.annotations.Nullable;

/** A selection query in which every literal is a {@link RawValue}. */
final class SelectionShape implements Shape {

    private final SelectionQuery query;
    private final int hash;

    SelectionShape(SelectionQuery query) {
        this.query = query;
        this.hash = query.hashCode();
    }

    SelectionQuery query() {
        return query;
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || other instanceof SelectionShape that && hash == that.hash && query.equals(that.query);
    }
}
