package dev.objectos.runtime.sql;

import static dev.objectos.runtime.sql.WriteText.name;
import static dev.objectos.runtime.sql.WriteText.sql;

import dev.objectos.runtime.metadata.BinFields;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.metadata.SystemFields;
import dev.objectos.runtime.plan.Source;
import dev.objectos.runtime.schema.ColumnType;
import dev.objectos.runtime.schema.PhysicalColumn;
import dev.objectos.runtime.schema.PhysicalTable;
import java.util.ArrayList;
import java.util.List;
import org.jooq.QueryPart;
import org.jooq.Table;
import org.jooq.impl.DSL;

/**
 * The records of an object in the recycle bin, as if they were rows of its table. What was stored when the object was another
 * one is read as far as it fits: a value that the column's type no longer takes is null.
 */
final class BinSql {

    static final String BIN = "recycle_bin";

    private static final String ROW = "b.\"row\"";

    private BinSql() {}

    /** With the columns of the table, and those of {@link BinFields}. */
    static Table<?> table(PhysicalTable table) {
        var columns = new ArrayList<QueryPart>();
        columns.add(sql("b.{0}", name(SystemFields.TENANT_ID)));
        for (PhysicalColumn column : table.columns().values()) {
            columns.add(sql("{0} as {1}", column(column), name(column.name())));
        }
        for (String field : List.of(BinFields.DELETED_AT, BinFields.DELETED_BY)) {
            columns.add(sql("b.{0} as {1}", name(field), name(Source.binColumn(field))));
        }
        return DSL.table("(select {0} from {1} as b where b.object = {2})", WriteText.list(columns),
                name("platform", BIN), DSL.inline(table.object()));
    }

    /**
     * Puts what was deleted into the bin. Should another record have lain there under the id, it is gone: nobody could tell them
     * apart.
     *
     * @param change the deleted rows
     */
    static QueryPart keep(WriteText text, ObjectDefinition object, QueryPart change, int index) {
        return sql("{0} as (insert into {1} as old (tenant_id, object, record_id, deletion, with_object, with_record, "
                + "with_field, \"row\", deleted_at, deleted_by) select change.tenant_id, {2}, change.{3}, {4}, "
                + "n.doc -> cast(change.{3} as text) ->> 'object', "
                + "cast(n.doc -> cast(change.{3} as text) ->> 'record' as uuid), "
                + "n.doc -> cast(change.{3} as text) ->> 'field', to_jsonb(change.*), {5}, {6} "
                + "from {7} as change cross join (select {8} as doc) as n "
                + "on conflict (tenant_id, object, record_id) do update set deletion = excluded.deletion, "
                + "with_object = excluded.with_object, with_record = excluded.with_record, "
                + "with_field = excluded.with_field, \"row\" = excluded.\"row\", deleted_at = excluded.deleted_at, "
                + "deleted_by = excluded.deleted_by)", name("bin:" + index), name("platform", BIN),
                DSL.inline(object.name()), name(SystemFields.ID), text.slot(new WriteSlot.Deletion(), "uuid"),
                text.slot(new WriteSlot.Now(), "timestamptz"), text.slot(new WriteSlot.Actor(), "uuid"), change,
                text.slot(new WriteSlot.Causes(), "jsonb"));
    }

    /** The value of a column. */
    static QueryPart column(PhysicalColumn column) {
        ColumnType type = column.type();
        if (column.field().equals(SystemFields.ID)) {
            return sql("b.record_id");
        }
        QueryPart value = value(column);
        return switch (type.base()) {
            case TEXT -> scalar(column, value);
            case JSONB -> sql("nullif({0}, cast('null' as jsonb))", value);
            case TEXT_ARRAY, UUID_ARRAY, DOUBLE_ARRAY -> list(column, value, type.sql());
            case NUMERIC, BIGINT, BOOLEAN, DATE, TIME, TIMESTAMPTZ, UUID ->
                sql("case when pg_input_is_valid({0}, {1}) then cast({0} as " + type.sql() + ") end",
                        scalar(column, value), DSL.inline(type.sql()));
        };
    }

    /** By the name of the column that the field had then. */
    private static QueryPart value(PhysicalColumn column) {
        QueryPart latest = sql(ROW + " -> {0}", DSL.inline(column.name()));
        if (column.earlier().isEmpty()) {
            return latest;
        }
        var values = new ArrayList<QueryPart>(List.of(latest));
        column.earlier().reversed().forEach(name -> values.add(sql(ROW + " -> {0}", DSL.inline(name))));
        return sql("coalesce({0})", WriteText.list(
                values.stream().map(value -> sql("nullif({0}, cast('null' as jsonb))", value)).toList()));
    }

    private static QueryPart text(PhysicalColumn column, QueryPart value) {
        return column.earlier().isEmpty()
                ? sql(ROW + " ->> {0}", DSL.inline(column.name()))
                : sql("({0} #>> cast(array[] as text[]))", value);
    }

    /** Of what was a list the first element. */
    private static QueryPart scalar(PhysicalColumn column, QueryPart value) {
        return sql("(case jsonb_typeof({0}) when 'array' then {0} ->> 0 else {1} end)", value, text(column, value));
    }

    /** Of what was one value a list of it. */
    private static QueryPart list(PhysicalColumn column, QueryPart value, String type) {
        String element = type.substring(0, type.length() - 2);
        return sql("case when jsonb_typeof({0}) = 'array' then array(select cast(e.v as " + element
                + ") from jsonb_array_elements_text({0}) with ordinality as e (v, n) "
                + "where pg_input_is_valid(e.v, {1}) order by e.n) when pg_input_is_valid({2}, {1}) "
                + "then array[cast({2} as " + element + ")] end", value, DSL.inline(element), text(column, value));
    }
}
