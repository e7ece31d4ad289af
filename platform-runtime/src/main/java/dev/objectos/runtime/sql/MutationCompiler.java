package dev.objectos.runtime.sql;

import static dev.objectos.runtime.sql.WriteText.list;
import static dev.objectos.runtime.sql.WriteText.name;
import static dev.objectos.runtime.sql.WriteText.sql;

import dev.objectos.runtime.event.ChangeAction;
import dev.objectos.runtime.metadata.BinFields;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.metadata.FieldType;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.metadata.SystemFields;
import dev.objectos.runtime.plan.MutationPlanner;
import dev.objectos.runtime.plan.ReadPlan;
import dev.objectos.runtime.plan.Rows;
import dev.objectos.runtime.schema.ColumnType;
import dev.objectos.runtime.schema.PhysicalSchema;
import dev.objectos.runtime.schema.PhysicalTable;
import dev.objectos.runtime.spi.ChangeRecorder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.QueryPart;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * From the shape of a change to its statement: the change itself, and a row for each recorder, in one. Every statement
 * answers with the same columns, see {@link WrittenRow}. Inside a statement {@code input} holds what is to be written,
 * {@code change} the rows as they are afterwards, {@code detail} what a recorder may ask for.
 */
final class MutationCompiler {

    private final Catalog catalog;
    private final RecorderSql recorders;
    private final boolean told;

    /** @param told whether the answer says what has changed; the recorders know it in any case */
    MutationCompiler(Catalog catalog, List<ChangeRecorder> recorders, boolean told) {
        this.told = told;
        this.catalog = catalog;
        this.recorders = new RecorderSql(catalog, recorders);
    }

    /** New records with all their fields. */
    WriteStatement insert(ObjectDefinition object, boolean several, Optional<ReadPlan> answer) {
        var text = new WriteText();
        PhysicalTable table = table(object);
        List<FieldDefinition> bound = object.fields().values().stream().filter(MutationPlanner::bound).toList();
        List<FieldDefinition> numbers = object.fields().values().stream()
                .filter(field -> field.type() instanceof FieldType.AutoNumber).toList();
        var columns = new ArrayList<QueryPart>();
        var values = new ArrayList<QueryPart>();
        if (!table.global()) {
            columns.add(name(SystemFields.TENANT_ID));
            values.add(text.slot(new WriteSlot.Tenant(), "uuid"));
        }
        columns.add(column(table, SystemFields.ID));
        values.add(name("input", SystemFields.ID));
        for (FieldDefinition field : bound) {
            columns.add(column(table, field.name()));
            values.add(name("input", table.column(field.name()).name()));
        }
        for (String moment : List.of(SystemFields.CREATED_AT, SystemFields.UPDATED_AT)) {
            columns.add(column(table, moment));
            values.add(text.slot(new WriteSlot.Now(), "timestamptz"));
        }
        for (String actor : List.of(SystemFields.CREATED_BY, SystemFields.UPDATED_BY)) {
            columns.add(column(table, actor));
            values.add(text.slot(new WriteSlot.Actor(), "uuid"));
        }
        columns.add(column(table, SystemFields.VERSION));
        values.add(DSL.inline(1L));
        var steps = new ArrayList<QueryPart>();
        steps.add(input(text, table, bound, several, false, true));
        QueryPart from = sql("input");
        for (int i = 0; i < numbers.size(); i++) {
            FieldDefinition field = numbers.get(i);
            QueryPart counter = NumberSql.counter(i);
            steps.add(NumberSql.count(text, object, field, counter, several));
            columns.add(column(table, field.name()));
            values.add(NumberSql.number(text, (FieldType.AutoNumber) field.type(), counter, several));
            from = sql("{0} cross join {1}", from, counter);
        }
        steps.add(sql("change as (insert into {0} ({1}) select {2} from {3} returning *)", at(table), list(columns),
                list(values), from));
        steps.add(sql("detail as (select change.{0} as id, change.{1} as version, true as changed, {2} as changes "
                + "from change join input on input.id = change.{0})", column(table, SystemFields.ID),
                column(table, SystemFields.VERSION), new ChangeDocument(table).created(numbers)));
        recorders.record(text, object, ChangeAction.CREATE, name("detail"), 0, steps);
        return text.statement(sql(
                "with {0} select detail.id, detail.version, detail.changed, {3}, "
                        + "cast(null as bigint), {1} from detail{2}",
                list(steps), shown(answer), showing(answer), changes("detail")));
    }

    /**
     * Some fields of stored records.
     *
     * @param guarded whether the writers expect certain versions
     */
    WriteStatement update(ObjectDefinition object, List<FieldDefinition> fields, boolean guarded, boolean several,
            Optional<ReadPlan> answer) {
        var text = new WriteText();
        PhysicalTable table = table(object);
        boolean locking = guarded || several;
        QueryPart id = column(table, SystemFields.ID);
        QueryPart version = column(table, SystemFields.VERSION);
        QueryPart moment = column(table, SystemFields.UPDATED_AT);
        QueryPart changed = changed(table, fields);
        var sets = new ArrayList<QueryPart>();
        for (FieldDefinition field : fields) {
            sets.add(sql("{0} = input.{0}", column(table, field.name())));
        }
        sets.add(sql("{0} = t.{0} + case when {1} then 1 else 0 end", version, changed));
        // Never the same moment twice, for a writer may guard by it.
        sets.add(sql("{0} = case when {1} then greatest({2}, t.{0} + interval '1 microsecond') else t.{0} end", moment,
                changed, text.slot(new WriteSlot.Now(), "timestamptz")));
        sets.add(sql("{0} = case when {1} then {2} else t.{0} end", column(table, SystemFields.UPDATED_BY), changed,
                text.slot(new WriteSlot.Actor(), "uuid")));
        var old = new ArrayList<QueryPart>();
        for (int i = 0; i < fields.size(); i++) {
            old.add(sql("old.{0} as {1}", column(table, fields.get(i).name()), name(ChangeDocument.old(i))));
        }
        old.add(sql("new.{0} <> old.{0} as {1}", version, name("changed:")));
        old.add(sql("new.*"));
        var steps = new ArrayList<QueryPart>();
        steps.add(input(text, table, fields, several, guarded, false));
        if (locking) {
            steps.add(sql(
                    "cur as materialized (select t.{0} as id, t.{1} as version, t.{2} as moment from {3} as t "
                            + "where {4} and t.{0} = {5} order by t.{0} for no key update)",
                    id, version, moment, at(table), mine(text, table), several
                            ? sql("any({0})", text.slot(new WriteSlot.RowIds(), "uuid[]"))
                            : text.slot(new WriteSlot.RecordId(), "uuid")));
        }
        steps.add(sql("change as (update {0} as t set {1} from {2} where {3} and t.{4} = input.{4}{5} returning {6})",
                at(table), list(sets), sql(locking ? "input join cur on cur.id = input.id" : "input"),
                mine(text, table), id, sql(guarded
                        ? " and (input.\"expected:version\" is null or input.\"expected:version\" = cur.version)"
                                + " and (input.\"expected:moment\" is null or input.\"expected:moment\" = cur.moment)"
                        : ""),
                list(old)));
        steps.add(sql("detail as (select change.{0} as id, change.{1} as version, change.\"changed:\" as changed, "
                + "{2} as changes from change)", id, version, new ChangeDocument(table).updated(fields)));
        recorders.record(text, object, ChangeAction.UPDATE, name("detail"), 0, steps);
        return text.statement(sql(
                "with {0} select input.{1}, detail.version, detail.changed, {6}, {2}, {4} "
                        + "from input {3} left join detail on detail.id = input.{1}{5}",
                list(steps), id, sql(locking ? "cur.version" : "cast(null as bigint)"),
                sql(locking ? "left join cur on cur.id = input.id" : ""), shown(answer), showing(answer),
                changes("detail")));
    }

    /** Records of several objects at once, so that foreign keys are checked when all are gone. */
    WriteStatement delete(List<ObjectDefinition> objects) {
        var text = new WriteText();
        var steps = new ArrayList<QueryPart>();
        QueryPart answer = null;
        for (int i = 0; i < objects.size(); i++) {
            ObjectDefinition object = objects.get(i);
            PhysicalTable table = table(object);
            QueryPart change = name("change:" + i);
            QueryPart detail = name("detail:" + i);
            steps.add(sql("{0} as (delete from {1} as t where {2} and t.{3} = any({4}) returning t.*)", change,
                    at(table), mine(text, table), column(table, SystemFields.ID),
                    text.slot(new WriteSlot.Ids(object.name()), "uuid[]")));
            if (BinFields.kept(object)) {
                steps.add(BinSql.keep(text, object, change, i));
            }
            detail(steps, table, detail, change, new ChangeDocument(table).deleted(recorded(object)));
            recorders.record(text, object, ChangeAction.DELETE, detail, i, steps);
            answer = and(answer, detail);
        }
        return text.statement(sql("with {0} {1}", list(steps), java.util.Objects.requireNonNull(answer)));
    }

    /** Records of several objects at once as they are given, so that foreign keys are checked when all are there again. */
    WriteStatement restore(Map<ObjectDefinition, Map<UUID, Map<String, @Nullable Object>>> records) {
        var text = new WriteText();
        var steps = new ArrayList<QueryPart>();
        QueryPart answer = null;
        int i = 0;
        for (Map.Entry<ObjectDefinition, Map<UUID, Map<String, @Nullable Object>>> entry : records.entrySet()) {
            ObjectDefinition object = entry.getKey();
            PhysicalTable table = table(object);
            QueryPart change = name("change:" + i);
            QueryPart detail = name("detail:" + i);
            var rows = entry.getValue().values().stream().map(record -> {
                var row = new LinkedHashMap<String, @Nullable Object>();
                table.columns().values().forEach(column -> row.put(column.name(), record.get(column.field())));
                return row;
            }).toList();
            List<QueryPart> columns = table.columns().values().stream()
                    .map(column -> (QueryPart) name(column.name())).toList();
            steps.add(sql("{0} as (insert into {1} (tenant_id, {2}) select {3}, {2} from json_to_recordset({4}) "
                    + "as r ({5}) returning *)", change, at(table), list(columns),
                    text.slot(new WriteSlot.Tenant(), "uuid"),
                    text.slot(new WriteSlot.Given(ColumnType.Base.JSONB, rows), "json"),
                    list(table.columns().values().stream()
                            .map(column -> sql("{0} " + column.type().sql(), name(column.name()))).toList())));
            detail(steps, table, detail, change, new ChangeDocument(table).restored(recorded(object)));
            recorders.record(text, object, ChangeAction.RESTORE, detail, i, steps);
            answer = and(answer, detail);
            i++;
        }
        return text.statement(sql("with {0} {1}", list(steps), java.util.Objects.requireNonNull(answer)));
    }

    private static void detail(List<QueryPart> steps, PhysicalTable table, QueryPart detail, QueryPart change,
            QueryPart changes) {
        steps.add(sql("{0} as (select change.{1} as id, change.{2} as version, true as changed, {3} as changes "
                + "from {4} as change)", detail, column(table, SystemFields.ID), column(table, SystemFields.VERSION),
                changes, change));
    }

    private QueryPart and(@Nullable QueryPart answer, QueryPart detail) {
        QueryPart part = sql("select d.id, d.version, d.changed, {1}, cast(null as bigint), cast(null as text) "
                + "from {0} as d", detail, changes("d"));
        return answer == null ? part : sql("{0} union all {1}", answer, part);
    }

    private QueryPart changes(String detail) {
        return told ? sql("cast({0}.changes as text)", name(detail)) : sql("cast(null as text)");
    }

    private static QueryPart shown(Optional<ReadPlan> answer) {
        return sql(answer.isPresent() ? "cast(shown.record as text)" : "cast(null as text)");
    }

    /** The read of the one record that the statement writes, over what it has just written. */
    private static QueryPart showing(Optional<ReadPlan> answer) {
        if (answer.isEmpty() || !(answer.get().answer() instanceof ReadPlan.Answer.One one)) {
            return sql("");
        }
        Rows rows = one.rows();
        var select = DSL.select(JsonSql.object(one.projection())).from(RowsSql.joined(
                DSL.table(name("change")).as(rows.source().alias()), rows.joins()))
                .where(ConditionSql.all(rows.conditions()));
        return sql(" left join lateral ({0}) as shown (record) on true", select);
    }

    private QueryPart input(WriteText text, PhysicalTable table, List<FieldDefinition> fields, boolean several,
            boolean guarded, boolean creation) {
        var columns = new ArrayList<QueryPart>();
        columns.add(several
                ? sql("{0} uuid, {1} bigint", name(SystemFields.ID), name("ord:"))
                : sql("{0} as {1}", text.slot(new WriteSlot.RecordId(), "uuid"), name(SystemFields.ID)));
        for (FieldDefinition field : fields) {
            var column = table.column(field.name());
            String type = column.type().sql();
            columns.add(several
                    ? sql("{0} " + type, name(column.name()))
                    : sql("{0} as {1}", text.slot(new WriteSlot.Value(field.name(), column.type().base()), type),
                            name(column.name())));
        }
        if (creation) {
            columns.add(several
                    ? sql("\"changes:\" jsonb")
                    : sql("{0} as \"changes:\"", text.slot(new WriteSlot.Created(), "jsonb")));
        }
        if (guarded) {
            columns.add(several
                    ? sql("\"expected:version\" bigint, \"expected:moment\" timestamptz")
                    : sql("{0} as \"expected:version\", {1} as \"expected:moment\"",
                            text.slot(new WriteSlot.ExpectedVersion(), "bigint"),
                            text.slot(new WriteSlot.ExpectedMoment(), "timestamptz")));
        }
        return several
                ? sql("input as (select * from json_to_recordset({0}) as r ({1}))",
                        text.slot(new WriteSlot.Rows(), "json"), list(columns))
                : sql("input as (select {0})", list(columns));
    }

    private static QueryPart changed(PhysicalTable table, List<FieldDefinition> fields) {
        if (fields.isEmpty()) {
            return sql("false");
        }
        var stored = new ArrayList<QueryPart>();
        var wanted = new ArrayList<QueryPart>();
        for (FieldDefinition field : fields) {
            stored.add(sql("t.{0}", column(table, field.name())));
            wanted.add(sql("input.{0}", column(table, field.name())));
        }
        return sql("row({0}) is distinct from row({1})", list(stored), list(wanted));
    }

    private static QueryPart mine(WriteText text, PhysicalTable table) {
        return table.global()
                ? sql("true")
                : sql("t.{0} = {1}", name(SystemFields.TENANT_ID), text.slot(new WriteSlot.Tenant(), "uuid"));
    }

    /** What an event says about a record as a whole; who, when and which version stand beside it. */
    private static List<FieldDefinition> recorded(ObjectDefinition object) {
        return object.fields().values().stream()
                .filter(field -> field.stored() && !SystemFields.RESERVED.contains(field.name())).toList();
    }

    private PhysicalTable table(ObjectDefinition object) {
        return PhysicalSchema.of(catalog).table(object.name());
    }

    private static QueryPart at(PhysicalTable table) {
        return name(PhysicalSchema.NAME, table.name());
    }

    private static QueryPart column(PhysicalTable table, String field) {
        return name(table.column(field).name());
    }
}
