package dev.objectos.runtime.sql;

import static dev.objectos.runtime.sql.WriteText.list;
import static dev.objectos.runtime.sql.WriteText.name;
import static dev.objectos.runtime.sql.WriteText.sql;

import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.metadata.SystemFields;
import dev.objectos.runtime.schema.ColumnType;
import dev.objectos.runtime.schema.PhysicalColumn;
import dev.objectos.runtime.schema.PhysicalSchema;
import dev.objectos.runtime.schema.PhysicalTable;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jooq.QueryPart;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Reads stored records whole, for the write path alone: no filter but the tenant applies, no field is hidden. */
public final class StoredRecords {

    /** How the records are held until the transaction ends. */
    public enum Lock {

        /** Not at all. */
        NONE(""),
        /** Against changes and deletion; records that refer to them may still come. */
        CHANGE(" for no key update"),
        /** Against everything, as a deletion needs it. */
        DELETION(" for update");

        private final String clause;

        Lock(String clause) {
            this.clause = clause;
        }
    }

    private StoredRecords() {}

    /** The records of these ids that exist, by id; locked in the order of their ids. */
    public static Map<UUID, Map<String, @Nullable Object>> read(WriteConnection connection, Catalog catalog,
            ObjectDefinition object, Collection<UUID> ids, Lock lock) throws SQLException {
        return referring(connection, catalog, object, SystemFields.ID, ids, lock, Integer.MAX_VALUE);
    }

    /**
     * The records whose single or listed reference names one of the ids.
     *
     * @param limit most records
     */
    public static Map<UUID, Map<String, @Nullable Object>> referring(WriteConnection connection, Catalog catalog,
            ObjectDefinition object, String reference, Collection<UUID> ids, Lock lock, int limit)
            throws SQLException {
        PhysicalTable table = PhysicalSchema.of(catalog).table(object.name());
        var text = new WriteText();
        QueryPart match = match(text, table, reference, ids);
        return select(connection, table, text, match, lock, limit);
    }

    /** How many records refer to one of the ids, apart from some. */
    public static long countReferring(WriteConnection connection, Catalog catalog, ObjectDefinition object,
            String reference, Collection<UUID> ids, Collection<UUID> apart) throws SQLException {
        PhysicalTable table = PhysicalSchema.of(catalog).table(object.name());
        var text = new WriteText();
        WriteStatement statement = text
                .statement(sql("select count(*) from {0} as t where {1} and {2} and t.{3} <> all({4})",
                        name(PhysicalSchema.NAME, table.name()), mine(text, table), match(text, table, reference, ids),
                        name(table.column(SystemFields.ID).name()),
                        text.slot(new WriteSlot.Given(ColumnType.Base.UUID_ARRAY, List.copyOf(apart)), "uuid[]")));
        return connection.rows(statement, (prepared, first) -> bind(connection, statement, prepared, first),
                row -> row.getLong(1)).getFirst();
    }

    /** Records that have one of the values in a field that holds text or an id: value → id, of several the first. */
    static Map<Object, UUID> having(WriteConnection connection, Catalog catalog, ObjectDefinition object, String field,
            Collection<?> values) throws SQLException {
        var found = new LinkedHashMap<Object, UUID>();
        if (values.isEmpty()) {
            return found;
        }
        PhysicalTable table = PhysicalSchema.of(catalog).table(object.name());
        PhysicalColumn column = table.column(field);
        boolean ids = column.type().base() == ColumnType.Base.UUID;
        var text = new WriteText();
        QueryPart id = name(table.column(SystemFields.ID).name());
        WriteStatement statement = text.statement(sql(
                "select t.{0}, t.{1} from {2} as t where {3} and t.{1} = any({4}) order by t.{0}", id,
                name(column.name()), name(PhysicalSchema.NAME, table.name()), mine(text, table), text.slot(
                        new WriteSlot.Given(ids ? ColumnType.Base.UUID_ARRAY : ColumnType.Base.TEXT_ARRAY,
                                List.copyOf(values)),
                        ids ? "uuid[]" : "text[]")));
        connection.rows(statement, (prepared, first) -> bind(connection, statement, prepared, first),
                row -> found.putIfAbsent(Objects.requireNonNull(WriteValues.read(row, 2, column.type().base())),
                        row.getObject(1, UUID.class)) == null);
        return found;
    }

    private static QueryPart match(WriteText text, PhysicalTable table, String reference, Collection<UUID> ids) {
        PhysicalColumn by = table.column(reference);
        QueryPart wanted = text.slot(new WriteSlot.Given(ColumnType.Base.UUID_ARRAY, List.copyOf(ids)), "uuid[]");
        return by.type().base() == ColumnType.Base.UUID_ARRAY
                ? sql("t.{0} && {1}", name(by.name()), wanted)
                : sql("t.{0} = any({1})", name(by.name()), wanted);
    }

    private static Map<UUID, Map<String, @Nullable Object>> select(WriteConnection connection, PhysicalTable table,
            WriteText text, QueryPart match, Lock lock, int limit) throws SQLException {
        List<PhysicalColumn> columns = List.copyOf(table.columns().values());
        WriteStatement statement = text.statement(sql(
                "select {0} from {1} as t where {2} and {3} order by t.{4} limit {5}" + lock.clause,
                list(columns.stream().map(column -> sql("t.{0}", name(column.name()))).toList()),
                name(PhysicalSchema.NAME, table.name()), mine(text, table), match,
                name(table.column(SystemFields.ID).name()), DSL.inline(limit)));
        var rows = new LinkedHashMap<UUID, Map<String, @Nullable Object>>();
        connection.rows(statement, (prepared, first) -> bind(connection, statement, prepared, first), result -> {
            Map<String, @Nullable Object> row = row(result, columns);
            return rows.put((UUID) Objects.requireNonNull(row.get(SystemFields.ID)), row) == null;
        });
        return rows;
    }

    static void bind(WriteConnection connection, WriteStatement statement, PreparedStatement prepared, int first)
            throws SQLException {
        int index = first;
        for (WriteSlot slot : statement.slots()) {
            if (slot instanceof WriteSlot.Given(var type, var value)) {
                WriteValues.bind(prepared, index++, type, value);
            } else {
                prepared.setObject(index++, connection.session().tenant());
            }
        }
    }

    /** Those of the ids that name a record of the tenant. */
    public static Set<UUID> existing(WriteConnection connection, Catalog catalog, ObjectDefinition object,
            Collection<UUID> ids) throws SQLException {
        return new LinkedHashSet<>(read(connection, catalog, object, ids, Lock.NONE).keySet());
    }

    static QueryPart mine(WriteText text, PhysicalTable table) {
        return table.global()
                ? sql("true")
                : sql("t.{0} = {1}", name(SystemFields.TENANT_ID), text.slot(new WriteSlot.Tenant(), "uuid"));
    }

    private static Map<String, @Nullable Object> row(ResultSet result, List<PhysicalColumn> columns)
            throws SQLException {
        var row = new LinkedHashMap<String, @Nullable Object>();
        for (int i = 0; i < columns.size(); i++) {
            PhysicalColumn column = columns.get(i);
            row.put(column.field(), WriteValues.read(result, i + 1, column.type().base()));
        }
        return row;
    }
}
