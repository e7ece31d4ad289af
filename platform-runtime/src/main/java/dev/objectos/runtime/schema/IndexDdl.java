package dev.objectos.runtime.schema;

import static dev.objectos.runtime.metadata.SystemFields.TENANT_ID;

import dev.objectos.runtime.database.DatabaseExtensions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How an index is written in this database.
 *
 * @param extensions those that are there, with the schema of each
 */
record IndexDdl(Map<String, String> extensions) {

    IndexDdl {
        extensions = Map.copyOf(extensions);
    }

    /** What DDL writes after the table's name; empty where this database cannot have such an index. */
    Optional<String> definition(TableModel table, IndexModel index) {
        String tenant = table.global() ? "" : Ddl.name(TENANT_ID) + ", ";
        return switch (index.kind()) {
            case ORDERED, UNIQUE -> Optional.of("USING btree (" + tenant + Ddl.names(index.columns()) + ")");
            case CONTAINED -> Optional.of("USING gin (" + ginTenant(table) + Ddl.names(index.columns()) + ")");
            case SEARCH -> Optional.ofNullable(extensions.get(DatabaseExtensions.TRIGRAM)).map(
                    schema -> "USING gin (" + ginTenant(table) + trigrams(schema, index.columns()) + ")");
        };
    }

    private String ginTenant(TableModel table) {
        return table.global() || !extensions.containsKey(DatabaseExtensions.BTREE_GIN)
                ? ""
                : Ddl.name(TENANT_ID) + ", ";
    }

    private static String trigrams(String schema, List<String> columns) {
        return columns.stream().map(column -> Ddl.name(column) + " " + Ddl.name(schema) + ".gin_trgm_ops")
                .collect(Collectors.joining(", "));
    }
}
