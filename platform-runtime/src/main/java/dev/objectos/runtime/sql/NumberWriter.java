package dev.objectos.runtime.sql;

import static dev.objectos.runtime.sql.WriteText.name;
import static dev.objectos.runtime.sql.WriteText.sql;

import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.metadata.FieldType;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.metadata.SystemFields;
import dev.objectos.runtime.schema.ColumnType;
import dev.objectos.runtime.schema.PhysicalSchema;
import dev.objectos.runtime.schema.PhysicalTable;
import java.sql.SQLException;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.UUID;
import org.jooq.QueryPart;
import org.jooq.impl.DSL;

/** Gives the next numbers of an autonumber field to records that have none. */
public final class NumberWriter {

    private final WriteConnection connection;
    private final Catalog catalog;

    public NumberWriter(WriteConnection connection, Catalog catalog) {
        this.connection = connection;
        this.catalog = catalog;
    }

    /** What the numbers of records made at that moment are counted under. */
    public static String period(FieldType.AutoNumber type, ZonedDateTime made) {
        return NumberFormat.parse(type.format()).period(made);
    }

    /**
     * Numbers those of the records that exist and have no number, in the order given and without gaps; a record keeps its
     * version.
     *
     * @param made a moment of the period that all of them were made in
     */
    public void number(ObjectDefinition object, FieldDefinition field, ZonedDateTime made, List<UUID> records)
            throws SQLException {
        var type = (FieldType.AutoNumber) field.type();
        NumberFormat format = NumberFormat.parse(type.format());
        PhysicalTable table = PhysicalSchema.of(catalog).table(object.name());
        QueryPart at = name(PhysicalSchema.NAME, table.name());
        QueryPart id = name(table.column(SystemFields.ID).name());
        QueryPart number = name(table.column(field.name()).name());
        var text = new WriteText();
        WriteStatement statement = text.statement(sql(
                "with wanted as (select * from unnest({0}) with ordinality as w (id, ord)), "
                        + "held as materialized (select t.{1} as id from {2} as t where {3} and t.{1} = any({0}) "
                        + "and t.{4} is null order by t.{1} for no key update), "
                        + "ranked as (select id, row_number() over (order by ord) as rank, count(*) over () as total "
                        + "from held join wanted using (id)), "
                        + "counted as (insert into {5} as c (tenant_id, object, field, period, value) "
                        + "select {6}, {7}, {8}, {9}, count(*) from held having count(*) > 0 "
                        + "on conflict (tenant_id, object, field, period) "
                        + "do update set value = c.value + excluded.value returning c.value), "
                        + "numbered as (select id, cast(value - total + rank as text) as digits from ranked, counted) "
                        + "update {2} as t set {4} = {10} || lpad(digits, greatest({11}, length(digits)), '0') || {12} "
                        + "from numbered where {3} and t.{1} = numbered.id returning t.{1}",
                text.slot(new WriteSlot.Given(ColumnType.Base.UUID_ARRAY, List.copyOf(records)), "uuid[]"), id, at,
                StoredRecords.mine(text, table), number, name("platform", "counter"),
                text.slot(new WriteSlot.Tenant(), "uuid"), DSL.inline(object.name()), DSL.inline(field.id()),
                given(text, format.period(made)), given(text, format.prefix(made)), DSL.inline(format.digits()),
                given(text, format.suffix(made))));
        connection.rows(statement, (prepared, first) -> StoredRecords.bind(connection, statement, prepared, first),
                row -> row.getObject(1, UUID.class));
    }

    private static QueryPart given(WriteText text, String value) {
        return text.slot(new WriteSlot.Given(ColumnType.Base.TEXT, value), "text");
    }
}
