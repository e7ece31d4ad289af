package dev.objectos.runtime.schema;

import java.util.List;
import java.util.Map;

/**
 * A business table as it stands in this database.
 *
 * @param retired its object is no longer in the catalog; the records are kept
 * @param columns by column name
 * @param constraints by name
 * @param indexes by name
 */
record PublishedTable(String object, String name, boolean global, boolean retired, Map<String, Column> columns,
        Map<String, Constraint> constraints, Map<String, Index> indexes) {

    /**
     * A column.
     *
     * @param retired its field is no longer in the catalog; the values are kept
     */
    record Column(String name, String field, String type, boolean retired) {}

    /**
     * A constraint.
     *
     * @param validated whether the rows that were there before it are known to satisfy it
     */
    record Constraint(String name, ConstraintKind kind, List<String> fields, String definition, boolean validated) {}

    /**
     * An index.
     *
     * @param built false where building it was begun and not seen to end
     */
    record Index(String name, List<String> fields, String definition, boolean built) {}
}
