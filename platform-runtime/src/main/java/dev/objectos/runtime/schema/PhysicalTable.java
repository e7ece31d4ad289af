package dev.objectos.runtime.schema;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where an object's records live. Beside the columns of its fields a table has {@code tenant_id} (first in every key),
 * unless the object is global.
 *
 * @param object the object's name
 * @param name table name inside {@link PhysicalSchema#NAME}
 * @param columns by the field's API name; formulas are not among them
 * @param searchable the fields that a search looks into, all of base {@link ColumnType.Base#TEXT}: those marked
 *        {@code searchable} and the name field; none where the object is not searched. One trigram index covers the
 *        tenant and all of them, so a search is, for each word, {@code col ILIKE '%word%'} joined by OR over those of
 *        these fields that the session sees, and AND over the words; {@code ICONTAINS}, {@code CONTAINS} and
 *        {@code STARTS_WITH} filters on one of them use the same index
 */
public record PhysicalTable(String object, String name, boolean global, Map<String, PhysicalColumn> columns,
        List<String> searchable) {

    public PhysicalTable {
        columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
        searchable = List.copyOf(searchable);
    }

    /** The column of a stored field. */
    public PhysicalColumn column(String field) {
        PhysicalColumn column = columns.get(field);
        if (column == null) {
            throw new IllegalArgumentException(object + "." + field + " has no column");
        }
        return column;
    }
}
