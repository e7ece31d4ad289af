package dev.objectos.runtime.sql;

import dev.objectos.runtime.event.ChangeAction;
import dev.objectos.runtime.metadata.FieldType;
import dev.objectos.runtime.plan.MutationPlan;
import dev.objectos.runtime.plan.MutationPlanner;
import dev.objectos.runtime.query.Expected;
import dev.objectos.runtime.query.JsonDocument;
import dev.objectos.runtime.schema.ColumnType;
import dev.objectos.runtime.schema.PhysicalTable;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.ChangeRecorder;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The values of one execution of a compiled write.
 *
 * @param plans what to write, all of one shape; empty for a deletion
 * @param table the table of the plans' object; null for a deletion
 * @param ids what to delete, by object
 * @param answer how the written record is shown; null: not at all
 * @param notes what interceptors have noted about a record, by key
 * @param deleting the deletion; null: it is none
 */
record WriteArguments(Session session, Instant now, List<MutationPlan> plans, @Nullable PhysicalTable table,
        Map<String, ? extends Collection<UUID>> ids, @Nullable WriteAnswer answer,
        Map<UUID, Map<String, JsonDocument>> notes, BinEntry.@Nullable Deleting deleting) {

    void bind(PreparedStatement statement, int first, List<WriteSlot> slots) throws SQLException {
        int index = first;
        for (WriteSlot slot : slots) {
            bind(statement, index++, slot);
        }
    }

    private void bind(PreparedStatement statement, int index, WriteSlot slot) throws SQLException {
        switch (slot) {
            case WriteSlot.Tenant _ -> statement.setObject(index, session.tenant());
            case WriteSlot.Actor _ -> WriteValues.bind(statement, index, ColumnType.Base.UUID, session.userId());
            case WriteSlot.Now _ -> WriteValues.bind(statement, index, ColumnType.Base.TIMESTAMPTZ, now);
            case WriteSlot.RecordId _ -> statement.setObject(index, single().id());
            case WriteSlot.Value value ->
                WriteValues.bind(statement, index, value.type(), single().values().get(value.field()));
            case WriteSlot.Created _ -> statement.setString(index, WriteJson.text(created(single())));
            case WriteSlot.ExpectedVersion _ -> WriteValues.bind(statement, index, ColumnType.Base.BIGINT,
                    single().expected() instanceof Expected.Version expected ? expected.version() : null);
            case WriteSlot.ExpectedMoment _ -> WriteValues.bind(statement, index, ColumnType.Base.TIMESTAMPTZ,
                    single().expected() instanceof Expected.UpdatedAt expected ? expected.at() : null);
            case WriteSlot.Rows _ -> statement.setString(index, WriteJson.text(rows()));
            case WriteSlot.RowIds _ -> WriteValues.bind(statement, index, ColumnType.Base.UUID_ARRAY,
                    plans.stream().map(MutationPlan::id).toList());
            case WriteSlot.RowCount _ -> statement.setLong(index, plans.size());
            case WriteSlot.Ids of -> {
                Collection<UUID> doomed = ids.get(of.object());
                WriteValues.bind(statement, index, ColumnType.Base.UUID_ARRAY,
                        doomed == null ? List.of() : List.copyOf(doomed));
            }
            case WriteSlot.Deletion _ ->
                statement.setObject(index, java.util.Objects.requireNonNull(deleting).deletion());
            case WriteSlot.Causes _ -> statement.setString(index, causes());
            case WriteSlot.NumberPeriod number ->
                statement.setString(index, format(number.type()).period(local()));
            case WriteSlot.NumberPrefix number ->
                statement.setString(index, format(number.type()).prefix(local()));
            case WriteSlot.NumberSuffix number ->
                statement.setString(index, format(number.type()).suffix(local()));
            case WriteSlot.Given given -> WriteValues.bind(statement, index, given.type(), given.value());
            case WriteSlot.Answer(PreparedQuery.Parameter parameter) -> BoundQuery.set(statement, index,
                    parameter.binding().value(java.util.Objects.requireNonNull(answer).context()),
                    parameter.elementType());
            case WriteSlot.Notes _ -> statement.setString(index, noted());
            case WriteSlot.Recorded recorded -> recorded(statement, index, recorded.source());
        }
    }

    private void recorded(PreparedStatement statement, int index, ChangeRecorder.FromSession source)
            throws SQLException {
        Object value = source.value().apply(session);
        switch (value) {
            case null -> statement.setNull(index, Types.OTHER, source.sqlType());
            case String text -> statement.setString(index, text);
            case Long number -> statement.setLong(index, number);
            case Boolean flag -> statement.setBoolean(index, flag);
            case UUID id -> statement.setObject(index, id);
            default -> throw new IllegalArgumentException("a recorder gave " + value.getClass());
        }
    }

    private @Nullable String noted() {
        if (notes.isEmpty()) {
            return null;
        }
        return notes.entrySet().stream().map(of -> WriteJson.text(of.getKey()) + ":" + of.getValue().entrySet().stream()
                .map(note -> WriteJson.text(note.getKey()) + ":" + note.getValue())
                .collect(Collectors.joining(",", "{", "}"))).collect(Collectors.joining(",", "{", "}"));
    }

    private @Nullable String causes() {
        Map<UUID, BinEntry.Cause> causes = java.util.Objects.requireNonNull(deleting).causes();
        if (causes.isEmpty()) {
            return null;
        }
        var document = new LinkedHashMap<String, Object>();
        causes.forEach((id, cause) -> document.put(id.toString(),
                Map.of("object", cause.object(), "record", cause.record(), "field", cause.field())));
        return WriteJson.text(document);
    }

    /** What a creation makes of each field; of password and secret fields only that there is something. */
    private static Map<String, Object> created(MutationPlan plan) {
        var changes = new LinkedHashMap<String, Object>();
        plan.values().forEach((name, value) -> {
            if (value != null) {
                var change = new LinkedHashMap<String, @Nullable Object>();
                if (!MutationPlanner.concealed(plan.object().field(name).orElseThrow())) {
                    change.put("from", null);
                    change.put("to", value);
                }
                changes.put(name, change);
            }
        });
        return changes;
    }

    private MutationPlan single() {
        return plans.getFirst();
    }

    private static NumberFormat format(FieldType.AutoNumber type) {
        return NumberFormat.parse(type.format());
    }

    private ZonedDateTime local() {
        return now.atZone(session.zone());
    }

    private List<Map<String, @Nullable Object>> rows() {
        PhysicalTable of = java.util.Objects.requireNonNull(table);
        var rows = new ArrayList<Map<String, @Nullable Object>>(plans.size());
        for (MutationPlan plan : plans) {
            var row = new LinkedHashMap<String, @Nullable Object>();
            row.put("id", plan.id());
            row.put("ord:", (long) rows.size() + 1);
            plan.values().forEach((field, value) -> row.put(of.column(field).name(), value));
            if (plan.action() == ChangeAction.CREATE) {
                row.put("changes:", created(plan));
            }
            switch (plan.expected()) {
                case Expected.Version expected -> row.put("expected:version", expected.version());
                case Expected.UpdatedAt expected -> row.put("expected:moment", expected.at());
                case null -> {
                }
            }
            rows.add(row);
        }
        return rows;
    }
}
