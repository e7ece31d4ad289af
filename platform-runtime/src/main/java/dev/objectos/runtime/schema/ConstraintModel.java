package dev.objectos.runtime.schema;

import java.util.List;

/**
 * A constraint of a business table as it should be.
 *
 * @param fields API names
 * @param columns the columns of those fields
 * @param definition what DDL writes after the constraint's name
 * @param violated condition that holds for the rows, called {@code t}, that break it
 */
record ConstraintModel(String name, ConstraintKind kind, List<String> fields, List<String> columns,
        String definition, String violated) {

    ConstraintModel {
        fields = List.copyOf(fields);
        columns = List.copyOf(columns);
    }
}
