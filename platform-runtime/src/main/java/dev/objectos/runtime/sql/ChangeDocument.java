package dev.objectos.runtime.sql;

import static dev.objectos.runtime.sql.WriteText.list;
import static dev.objectos.runtime.sql.WriteText.name;
import static dev.objectos.runtime.sql.WriteText.sql;

import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.plan.MutationPlanner;
import dev.objectos.runtime.schema.PhysicalTable;
import java.util.ArrayList;
import java.util.List;
import org.jooq.QueryPart;
import org.jooq.impl.DSL;

/**
 * The SQL of <code>{"field":{"from":…,"to":…}}</code> over a row of {@code change}. Of password and secret fields it says
 * only that they changed.
 */
final class ChangeDocument {

    private final PhysicalTable table;

    ChangeDocument(PhysicalTable table) {
        this.table = table;
    }

    /** The column in which {@code change} keeps the earlier value of the i-th written field. */
    static String old(int index) {
        return "old:" + index;
    }

    /** What the platform has put into {@code input}, and the numbers that the statement itself has given. */
    QueryPart created(List<FieldDefinition> numbers) {
        QueryPart known = sql("input.\"changes:\"");
        for (FieldDefinition number : numbers) {
            known = sql("{0} || jsonb_build_object({1}, jsonb_build_object('from', null, 'to', change.{2}))", known,
                    DSL.inline(number.name()), name(table.column(number.name()).name()));
        }
        return known;
    }

    QueryPart deleted(List<FieldDefinition> fields) {
        return document(fields, this::current, _ -> sql("cast(null as jsonb)"));
    }

    QueryPart restored(List<FieldDefinition> fields) {
        return document(fields, _ -> sql("cast(null as jsonb)"), this::current);
    }

    QueryPart updated(List<FieldDefinition> fields) {
        return document(fields, field -> sql("to_jsonb(change.{0})", name(old(fields.indexOf(field)))),
                this::current);
    }

    private QueryPart current(FieldDefinition field) {
        return sql("to_jsonb(change.{0})", name(table.column(field.name()).name()));
    }

    private static QueryPart document(List<FieldDefinition> fields, Part from, Part to) {
        if (fields.isEmpty()) {
            return sql("cast('{}' as jsonb)");
        }
        var rows = new ArrayList<QueryPart>();
        for (FieldDefinition field : fields) {
            rows.add(sql("({0}, {1}, {2}, {3})", DSL.inline(field.name()), from.of(field), to.of(field),
                    sql(MutationPlanner.concealed(field) ? "true" : "false")));
        }
        return sql("(select coalesce(jsonb_object_agg(v.k, case when v.c then cast('{}' as jsonb) "
                + "else jsonb_build_object('from', v.f, 'to', v.t) end), cast('{}' as jsonb)) "
                + "from (values {0}) as v(k, f, t, c) where v.f is distinct from v.t)", list(rows));
    }

    /** One side of the change of a field. */
    private interface Part {

        QueryPart of(FieldDefinition field);
    }
}
