package dev.objectos.runtime.sql;

import static dev.objectos.runtime.sql.WriteText.list;
import static dev.objectos.runtime.sql.WriteText.name;
import static dev.objectos.runtime.sql.WriteText.sql;

import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.schema.ColumnType;
import dev.objectos.runtime.schema.PhysicalColumn;
import dev.objectos.runtime.schema.PhysicalSchema;
import dev.objectos.runtime.schema.PhysicalTable;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
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

/** Statements of the write path about the recycle bin: no filter but the tenant applies, no field is hidden. */
public final class BinRows {

    /** A record and everything that went with it, and so on. */
    private static final String TAKEN = "with recursive taken as ("
            + "select b.object, b.record_id, b.deletion from platform.recycle_bin as b where b.tenant_id = {0} "
            + "and b.object = {1} and ({2}) union select b.object, b.record_id, b.deletion "
            + "from platform.recycle_bin as b join taken as t on b.deletion = t.deletion and b.with_object = t.object "
            + "and b.with_record = t.record_id where b.tenant_id = {0}) ";

    private BinRows() {}

    /**
     * A stored record as it lies in the bin.
     *
     * @param row by field
     * @param unknown fields that the object did not have when the record was deleted
     */
    public record Binned(Map<String, @Nullable Object> row, Set<String> unknown) {}

    /** A record with everything that went with it, locked; empty where it is not in the bin. */
    public static List<BinEntry> taken(WriteConnection connection, ObjectDefinition object, UUID id)
            throws SQLException {
        var text = new WriteText();
        return rows(connection, text, sql(TAKEN + "select b.object, b.record_id, b.deletion, b.with_object, "
                + "b.with_record, b.with_field from platform.recycle_bin as b where b.tenant_id = {0} "
                + "and (b.object, b.record_id) in (select object, record_id from taken) "
                + "order by b.object, b.record_id for update", tenant(text), DSL.inline(object.name()), one(text, id)),
                BinRows::entry);
    }

    /** Removes a record, and everything that went with it, for good. @return how many */
    public static int purge(WriteConnection connection, ObjectDefinition object, UUID id) throws SQLException {
        var text = new WriteText();
        return purge(connection, text, object, one(text, id));
    }

    /** The same of all records of the object. @return how many */
    public static int purge(WriteConnection connection, ObjectDefinition object) throws SQLException {
        return purge(connection, new WriteText(), object, sql("true"));
    }

    private static int purge(WriteConnection connection, WriteText text, ObjectDefinition object, QueryPart which)
            throws SQLException {
        return rows(connection, text, sql(TAKEN + ", purged as (delete from platform.recycle_bin as b where "
                + "b.tenant_id = {0} and (b.object, b.record_id) in (select object, record_id from taken) "
                + "returning b.record_id, b.deletion), forgotten as (delete from platform.recycle_reference as r "
                + "using purged as p where r.tenant_id = {0} and r.deletion = p.deletion and r.target = p.record_id) "
                + "select record_id from purged", tenant(text), DSL.inline(object.name()), which),
                row -> row.getObject(1, UUID.class)).size();
    }

    /** Records of these ids, by id. */
    public static Map<UUID, Binned> read(WriteConnection connection, Catalog catalog, ObjectDefinition object,
            Collection<UUID> ids) throws SQLException {
        PhysicalTable table = PhysicalSchema.of(catalog).table(object.name());
        List<PhysicalColumn> columns = List.copyOf(table.columns().values());
        var text = new WriteText();
        var rows = new LinkedHashMap<UUID, Binned>();
        rows(connection, text, sql("select b.record_id, array(select jsonb_object_keys(b.\"row\")), {0} "
                + "from platform.recycle_bin as b where b.tenant_id = {1} and b.object = {2} "
                + "and b.record_id = any({3}) order by b.record_id",
                list(columns.stream().map(BinSql::column).toList()), tenant(text), DSL.inline(object.name()),
                ids(text, ids)), row -> rows.put(row.getObject(1, UUID.class), binned(row, columns)) == null);
        return rows;
    }

    /** Takes records out of the bin. */
    public static void remove(WriteConnection connection, UUID deletion, Collection<UUID> records)
            throws SQLException {
        var text = new WriteText();
        rows(connection, text, sql("with gone as (delete from platform.recycle_bin as b where b.tenant_id = {0} "
                + "and b.deletion = {1} and b.record_id = any({2})) delete from platform.recycle_reference as r "
                + "where r.tenant_id = {0} and r.deletion = {1} and r.target = any({2}) returning 1", tenant(text),
                id(text, deletion), ids(text, records)), row -> row.getInt(1));
    }

    /** Notes references that a deletion empties. */
    public static void note(WriteConnection connection, UUID deletion, Instant at,
            Collection<BinEntry.Reference> references) throws SQLException {
        if (references.isEmpty()) {
            return;
        }
        var rows = references.stream().map(reference -> Map.<String, Object>of("target", reference.target(), "object",
                reference.object(), "record_id", reference.record(), "field", reference.field())).toList();
        var text = new WriteText();
        rows(connection, text, sql("insert into platform.recycle_reference "
                + "(tenant_id, deletion, target, object, record_id, field, deleted_at) "
                + "select {0}, {1}, r.target, r.object, r.record_id, r.field, {2} from json_to_recordset({3}) "
                + "as r (target uuid, object text, record_id uuid, field text) returning 1", tenant(text),
                id(text, deletion), text.slot(new WriteSlot.Given(ColumnType.Base.TIMESTAMPTZ, at), "timestamptz"),
                text.slot(new WriteSlot.Given(ColumnType.Base.JSONB, rows), "json")), row -> row.getInt(1));
    }

    /** The references to some records that their deletion has emptied. */
    public static List<BinEntry.Reference> references(WriteConnection connection, UUID deletion,
            Collection<UUID> targets) throws SQLException {
        var text = new WriteText();
        return rows(connection, text, sql("select r.target, r.object, r.record_id, r.field "
                + "from platform.recycle_reference as r where r.tenant_id = {0} and r.deletion = {1} "
                + "and r.target = any({2}) order by r.object, r.record_id", tenant(text), id(text, deletion),
                ids(text, targets)),
                row -> new BinEntry.Reference(row.getObject(1, UUID.class), row.getString(2),
                        row.getObject(3, UUID.class), row.getString(4)));
    }

    private static BinEntry entry(ResultSet row) throws SQLException {
        String with = row.getString(4);
        return new BinEntry(row.getString(1), row.getObject(2, UUID.class), row.getObject(3, UUID.class),
                with == null ? null : new BinEntry.Cause(with, row.getObject(5, UUID.class), row.getString(6)));
    }

    private static Binned binned(ResultSet row, List<PhysicalColumn> columns) throws SQLException {
        List<?> keys = (List<?>) Objects.requireNonNull(WriteValues.read(row, 2, ColumnType.Base.TEXT_ARRAY));
        var values = new LinkedHashMap<String, @Nullable Object>();
        var unknown = new LinkedHashSet<String>();
        for (int i = 0; i < columns.size(); i++) {
            PhysicalColumn column = columns.get(i);
            values.put(column.field(), WriteValues.read(row, i + 3, column.type().base()));
            if (!keys.contains(column.name()) && column.earlier().stream().noneMatch(keys::contains)) {
                unknown.add(column.field());
            }
        }
        return new Binned(values, unknown);
    }

    private static <T> List<T> rows(WriteConnection connection, WriteText text, QueryPart whole,
            WriteConnection.RowReader<T> reader) throws SQLException {
        WriteStatement statement = text.statement(whole);
        return new ArrayList<>(connection.rows(statement,
                (prepared, first) -> StoredRecords.bind(connection, statement, prepared, first), reader));
    }

    private static QueryPart one(WriteText text, UUID id) {
        return sql("b.{0} = {1}", name("record_id"), id(text, id));
    }

    private static QueryPart tenant(WriteText text) {
        return text.slot(new WriteSlot.Tenant(), "uuid");
    }

    private static QueryPart id(WriteText text, UUID id) {
        return text.slot(new WriteSlot.Given(ColumnType.Base.UUID, id), "uuid");
    }

    private static QueryPart ids(WriteText text, Collection<UUID> ids) {
        return text.slot(new WriteSlot.Given(ColumnType.Base.UUID_ARRAY, List.copyOf(ids)), "uuid[]");
    }
}
