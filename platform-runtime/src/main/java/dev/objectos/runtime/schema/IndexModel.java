package dev.objectos.runtime.schema;

import java.util.List;

/**
 * An index of a business table as it should be; the tenant comes before the columns.
 *
 * @param fields API names
 * @param columns the columns of those fields, in order
 */
record IndexModel(String name, Kind kind, List<String> fields, List<String> columns) {

    IndexModel {
        fields = List.copyOf(fields);
        columns = List.copyOf(columns);
    }

    /** What an index serves. */
    enum Kind {
        /** Equality, ranges and order. */
        ORDERED,
        /** The same, and no two records of a tenant share the values; nulls are distinct. */
        UNIQUE,
        /** Membership in lists and parts of JSON. */
        CONTAINED,
        /** Parts of texts. */
        SEARCH
    }

    boolean unique() {
        return kind == Kind.UNIQUE;
    }
}
