package dev.objectos.runtime.sql;

import static dev.objectos.runtime.sql.WriteText.name;
import static dev.objectos.runtime.sql.WriteText.sql;

import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.metadata.FieldType;
import dev.objectos.runtime.metadata.ObjectDefinition;
import org.jooq.QueryPart;
import org.jooq.impl.DSL;

/** The numbers that new records get without a gap. */
final class NumberSql {

    private static final String COUNTER = "counter";

    private NumberSql() {}

    /** What the counter of a field is called within its statement. */
    static QueryPart counter(int index) {
        return name(COUNTER + ":" + index);
    }

    /** Takes as many numbers as records are made; the counter's row stays locked until the commit. */
    static QueryPart count(WriteText text, ObjectDefinition object, FieldDefinition field, QueryPart counter,
            boolean several) {
        return sql("{0} as (insert into {1} as c (tenant_id, object, field, period, value) "
                + "values ({2}, {3}, {4}, {5}, {6}) on conflict (tenant_id, object, field, period) "
                + "do update set value = c.value + excluded.value returning c.value)", counter,
                name("platform", COUNTER), text.slot(new WriteSlot.Tenant(), "uuid"), DSL.inline(object.name()),
                DSL.inline(field.id()),
                text.slot(new WriteSlot.NumberPeriod((FieldType.AutoNumber) field.type()), "text"),
                several ? text.slot(new WriteSlot.RowCount(), "bigint") : DSL.inline(1L));
    }

    /** The number of a record among those that were taken, as it is written. */
    static QueryPart number(WriteText text, FieldType.AutoNumber type, QueryPart counter, boolean several) {
        QueryPart value = several
                ? sql("cast({0}.value - {1} + input.\"ord:\" as text)", counter,
                        text.slot(new WriteSlot.RowCount(), "bigint"))
                : sql("cast({0}.value as text)", counter);
        return sql("{0} || lpad({1}, greatest({2}, length({1})), '0') || {3}",
                text.slot(new WriteSlot.NumberPrefix(type), "text"), value,
                DSL.inline(NumberFormat.parse(type.format()).digits()),
                text.slot(new WriteSlot.NumberSuffix(type), "text"));
    }
}
