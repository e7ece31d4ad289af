package dev.objectos.runtime.schema;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where an object's records live. Beside the columns of its fields a table has {@code tenant_id} (first in every key),
 * unless the object is global.
 *
 * @param object the object's name
 * @param name table name inside {@link PhysicalSchema#NAME}
 * @param columns by the field's API name; formulas are not among them
 */
public record PhysicalTable(String object, String name, boolean global, Map<String, PhysicalColumn> columns) {

    public PhysicalTable {
        columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
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
