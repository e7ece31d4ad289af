package dev.objectos.runtime.schema;

import dev.objectos.runtime.schema.PublishedTable.Column;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** From which columns those of another type take their values over. */
record ColumnSources(PublishedTable standing, TableModel table) {

    /** Null where the column is new, or has its values. */
    @Nullable
    Column of(ColumnModel column) {
        Column there = standing.columns().get(column.name());
        if (there == null) {
            return standing.latest(column.identity()).orElse(null);
        }
        String from = there.filledFrom();
        return from == null ? null : standing.columns().get(from);
    }

    /** The columns in which the values are now. */
    List<String> of(List<String> columns) {
        return columns.stream().map(name -> {
            Column source = of(Objects.requireNonNull(table.columns().get(name)));
            return source == null ? name : source.name();
        }).toList();
    }
}
