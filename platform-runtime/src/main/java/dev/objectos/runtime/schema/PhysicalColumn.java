package dev.objectos.runtime.schema;

import java.util.List;

/**
 * Where a stored field lives.
 *
 * @param field the field's API name
 * @param name column name; depends on the field's stable id and on how often its type has changed, so that a rename touches no
 *        table
 * @param earlier names of the columns that it had with other types, oldest first; what was deleted then goes by them
 */
public record PhysicalColumn(String field, String name, ColumnType type, List<String> earlier) {

    public PhysicalColumn {
        earlier = List.copyOf(earlier);
    }

    /** One whose type never changed. */
    public PhysicalColumn(String field, String name, ColumnType type) {
        this(field, name, type, List.of());
    }

    /** What all columns of the field have in common. */
    String identity() {
        return earlier.isEmpty() ? name : earlier.getFirst();
    }

    int generation() {
        return earlier.size() + 1;
    }
}
