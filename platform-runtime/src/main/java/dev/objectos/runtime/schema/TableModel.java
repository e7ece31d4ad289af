package dev.objectos.runtime.schema;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A business table as it should be. Beside its columns it has {@code tenant_id}, unless it is global.
 *
 * @param columns by column name
 * @param constraints by name
 * @param indexes by name
 */
record TableModel(String object, String name, boolean global, Map<String, ColumnModel> columns,
        Map<String, ConstraintModel> constraints, Map<String, IndexModel> indexes) {

    TableModel {
        columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
        constraints = Collections.unmodifiableMap(new LinkedHashMap<>(constraints));
        indexes = Collections.unmodifiableMap(new LinkedHashMap<>(indexes));
    }
}
