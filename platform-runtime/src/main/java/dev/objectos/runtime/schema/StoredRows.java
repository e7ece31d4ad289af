package dev.objectos.runtime.schema;

import static dev.objectos.runtime.metadata.SystemFields.TENANT_ID;
import static org.jooq.impl.DSL.condition;
import static org.jooq.impl.DSL.sql;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import org.jooq.ResultQuery;
import org.jspecify.annotations.Nullable;

/** Counts the records, of all tenants, that a change of the schema would touch. */
final class StoredRows {

    private final DSLContext database;
    private final Map<String, Boolean> known = new HashMap<>();

    /** The owner sees records only where it says that it publishes. */
    StoredRows(DSLContext transaction) {
        this.database = transaction;
        transaction.execute("SET LOCAL app.publish = 'on'");
    }

    boolean any(String table) {
        return known.computeIfAbsent(table,
                name -> database.fetchExists(database.selectOne().from(sql(Ddl.table(name)))));
    }

    /**
     * @param condition about the row {@code t}
     */
    long count(String table, String condition) {
        return any(table) ? count(table, Ddl.table(table), condition) : 0;
    }

    /**
     * The same as if a column had been converted already.
     *
     * @param using SQL expression of the column's new value
     */
    long countConverted(PublishedTable table, String column, String using, String condition) {
        String tenant = table.global() ? "" : Ddl.name(TENANT_ID) + ", ";
        return count(table.name(),
                "(SELECT " + tenant + using + " AS " + Ddl.name(column) + " FROM " + Ddl.table(table.name()) + ")",
                condition);
    }

    private long count(String table, String source, String condition) {
        return any(table) ? number(database.selectCount().from(sql(source + " t")).where(condition(condition))) : 0;
    }

    /** How many records share their values with another one of the same tenant. */
    long duplicates(PublishedTable table, List<String> columns) {
        if (!any(table.name())) {
            return 0;
        }
        String key = (table.global() ? "" : Ddl.name(TENANT_ID) + ", ") + Ddl.names(columns);
        return number(database.resultQuery("SELECT coalesce(sum(n), 0) FROM (SELECT count(*) AS n FROM "
                + Ddl.table(table.name()) + " WHERE num_nulls(" + Ddl.names(columns) + ") = 0 GROUP BY " + key
                + " HAVING count(*) > 1) AS shared"));
    }

    /** How many records have texts that an index over the columns has no room for. */
    long tooLarge(PublishedTable table, List<String> columns) {
        String bytes = columns.stream().filter(column -> isText(table.columns().get(column)))
                .map(column -> "coalesce(octet_length(" + Ddl.name(column) + "), 0)")
                .collect(Collectors.joining(" + "));
        return bytes.isEmpty() ? 0 : count(table.name(), bytes + " > " + ConstraintCatalog.MOST_INDEXED);
    }

    private static boolean isText(PublishedTable.@Nullable Column column) {
        return column != null && column.type().equals("text");
    }

    private static long number(ResultQuery<?> query) {
        return Objects.requireNonNull(query.fetchSingle(0, Long.class));
    }
}
