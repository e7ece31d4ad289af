package dev.objectos.runtime.sql;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.objectos.runtime.event.ChangeAction;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.plan.FieldView;
import dev.objectos.runtime.plan.MutationPlan;
import dev.objectos.runtime.plan.ReadPlan;
import dev.objectos.runtime.query.JsonDocument;
import dev.objectos.runtime.schema.ColumnType;
import dev.objectos.runtime.schema.PhysicalSchema;
import dev.objectos.runtime.schema.PhysicalTable;
import dev.objectos.runtime.spi.ChangeRecorder;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Executes plans; their statements are compiled once per shape and snapshot. */
public final class MutationExecutor {

    private static final int STATEMENTS = 4_000;

    /** Records of one statement: enough that its fixed costs vanish, few enough that its parameter stays small. */
    private static final int ROWS = 1_000;

    private final List<ChangeRecorder> recorders;
    private final Predicate<String> told;
    private final Cache<Shape, WriteStatement> statements = Caffeine.newBuilder().maximumSize(STATEMENTS).build();

    /** @param told of which objects the answers say what has changed; the recorders know it in any case */
    public MutationExecutor(List<ChangeRecorder> recorders, Predicate<String> told) {
        this.recorders = List.copyOf(recorders);
        this.told = told;
    }

    /**
     * Creates or updates records of one object, all the same way.
     *
     * @return a row for each plan, in their order
     * @throws dev.objectos.runtime.PlatformException where a constraint of the object is violated
     */
    public List<WrittenRow> write(WriteConnection connection, Catalog catalog, List<MutationPlan> plans)
            throws SQLException {
        return write(connection, catalog, plans, null);
    }

    /** Creates or updates one record and shows it. */
    public WrittenRow write(WriteConnection connection, Catalog catalog, MutationPlan plan, WriteAnswer answer)
            throws SQLException {
        return write(connection, catalog, List.of(plan), answer).getFirst();
    }

    private List<WrittenRow> write(WriteConnection connection, Catalog catalog, List<MutationPlan> plans,
            @Nullable WriteAnswer answer) throws SQLException {
        var byShape = new LinkedHashMap<Shape, List<MutationPlan>>();
        for (MutationPlan plan : plans) {
            byShape.computeIfAbsent(shape(catalog, plan, plans.size() > 1, answer), _ -> new ArrayList<>()).add(plan);
        }
        var written = new HashMap<UUID, WrittenRow>();
        for (Map.Entry<Shape, List<MutationPlan>> group : byShape.entrySet()) {
            List<MutationPlan> all = group.getValue();
            for (int from = 0; from < all.size(); from += ROWS) {
                List<MutationPlan> some = all.subList(from, Math.min(from + ROWS, all.size()));
                send(connection, group.getKey(), some, answer).forEach(row -> written.put(row.id(), row));
            }
        }
        return plans.stream().map(plan -> java.util.Objects.requireNonNull(written.get(plan.id()))).toList();
    }

    /**
     * Deletes records of several objects in one statement, to the recycle bin where they have one; those that are gone already
     * are left out of the answer.
     *
     * @param notes what interceptors have noted about a record, by key
     */
    public Map<String, List<WrittenRow>> delete(WriteConnection connection, Catalog catalog,
            Map<ObjectDefinition, ? extends Collection<UUID>> doomed, Instant now,
            Map<UUID, Map<String, JsonDocument>> notes, BinEntry.Deleting deleting) throws SQLException {
        List<ObjectDefinition> objects = List.copyOf(doomed.keySet());
        var shape = new Shape(catalog, ChangeAction.DELETE, objects.stream().map(ObjectDefinition::name).toList(),
                Set.of(), false, false, null);
        WriteStatement statement = statement(shape, compiler -> compiler.delete(objects));
        var ids = new HashMap<String, Collection<UUID>>();
        var owner = new HashMap<UUID, String>();
        doomed.forEach((object, some) -> {
            ids.put(object.name(), some);
            some.forEach(id -> owner.put(id, object.name()));
        });
        var arguments = new WriteArguments(connection.session(), now, List.of(), null, ids, null, notes, deleting);
        return byObject(run(connection, catalog, objects.getFirst(), statement, arguments, FieldView.WHOLE), owner);
    }

    /**
     * Puts records of several objects back into their tables in one statement.
     *
     * @param rows every stored field of each record, by object
     * @param view what the writer sees of the first object's fields: of others no constraint tells
     */
    public Map<String, List<WrittenRow>> restore(WriteConnection connection, Catalog catalog,
            Map<ObjectDefinition, Map<UUID, Map<String, @Nullable Object>>> rows, Instant now,
            Map<UUID, Map<String, JsonDocument>> notes, FieldView view) throws SQLException {
        var owner = new HashMap<UUID, String>();
        rows.forEach((object, some) -> some.keySet().forEach(id -> owner.put(id, object.name())));
        WriteStatement statement = new MutationCompiler(catalog, recorders,
                rows.keySet().stream().map(ObjectDefinition::name).anyMatch(told)).restore(rows);
        var arguments = new WriteArguments(connection.session(), now, List.of(), null, Map.of(), null, notes, null);
        return byObject(
                run(connection, catalog, rows.keySet().iterator().next(), statement, arguments, view), owner);
    }

    private static Map<String, List<WrittenRow>> byObject(List<WrittenRow> rows, Map<UUID, String> owner) {
        var answer = new LinkedHashMap<String, List<WrittenRow>>();
        for (WrittenRow row : rows) {
            answer.computeIfAbsent(java.util.Objects.requireNonNull(owner.get(row.id())), _ -> new ArrayList<>())
                    .add(row);
        }
        return answer;
    }

    /** Empties a reference of the platform's own, such as who made a record, without an event and a new version. */
    public static void forget(WriteConnection connection, Catalog catalog, ObjectDefinition object, String field,
            Collection<UUID> ids) throws SQLException {
        PhysicalTable table = PhysicalSchema.of(catalog).table(object.name());
        var text = new WriteText();
        WriteStatement statement = text.statement(WriteText.sql(
                "update {0} as t set {1} = null where {2} and t.{1} = any({3}) returning 1",
                WriteText.name(PhysicalSchema.NAME, table.name()), WriteText.name(table.column(field).name()),
                StoredRecords.mine(text, table),
                text.slot(new WriteSlot.Given(ColumnType.Base.UUID_ARRAY, List.copyOf(ids)), "uuid[]")));
        connection.rows(statement,
                (prepared, first) -> StoredRecords.bind(connection, statement, prepared, first), row -> row.getInt(1));
    }

    private List<WrittenRow> send(WriteConnection connection, Shape shape, List<MutationPlan> plans,
            @Nullable WriteAnswer answer) throws SQLException {
        MutationPlan first = plans.getFirst();
        ObjectDefinition object = first.object();
        WriteStatement statement = statement(shape, compiler -> switch (first.action()) {
            case CREATE -> compiler.insert(object, shape.several(), plan(answer));
            case UPDATE -> compiler.update(object, fields(object, shape.fields()), shape.guarded(), shape.several(),
                    plan(answer));
            case DELETE, RESTORE -> throw new IllegalArgumentException(first.action() + " goes its own way");
        });
        var table = PhysicalSchema.of(shape.catalog()).table(object.name());
        return run(connection, shape.catalog(), object, statement,
                new WriteArguments(connection.session(), first.now(), plans, table, Map.of(), answer, notes(plans),
                        null),
                first.view());
    }

    private static Map<UUID, Map<String, JsonDocument>> notes(List<MutationPlan> plans) {
        var notes = new HashMap<UUID, Map<String, JsonDocument>>();
        for (MutationPlan plan : plans) {
            if (!plan.notes().isEmpty()) {
                notes.put(plan.id(), plan.notes());
            }
        }
        return notes;
    }

    private static List<WrittenRow> run(WriteConnection connection, Catalog catalog, ObjectDefinition object,
            WriteStatement statement, WriteArguments arguments, FieldView view) throws SQLException {
        try {
            return connection.write(statement, arguments);
        } catch (SQLException e) {
            var refusal = WriteFailures.refusal(e, catalog, object, view);
            if (refusal.isPresent()) {
                throw refusal.get();
            }
            throw e;
        }
    }

    private WriteStatement statement(Shape shape, Function<MutationCompiler, WriteStatement> compilation) {
        return statements.get(shape, _ -> compilation
                .apply(new MutationCompiler(shape.catalog(), recorders, shape.objects().stream().anyMatch(told))));
    }

    private static Optional<ReadPlan> plan(@Nullable WriteAnswer answer) {
        return answer == null ? Optional.empty() : answer.plan().get();
    }

    private static Shape shape(Catalog catalog, MutationPlan plan, boolean several, @Nullable WriteAnswer answer) {
        Set<String> fields = plan.action() == ChangeAction.CREATE ? Set.of() : Set.copyOf(plan.values().keySet());
        return new Shape(catalog, plan.action(), List.of(plan.object().name()), fields, plan.expected() != null,
                several, answer == null ? null : answer.key());
    }

    private static List<FieldDefinition> fields(ObjectDefinition object, Set<String> names) {
        return object.fields().values().stream().filter(field -> names.contains(field.name())).toList();
    }

    /** What two writes have in common that are the same statement; the catalog counts by identity. */
    private record Shape(Catalog catalog, ChangeAction action, List<String> objects, Set<String> fields,
            boolean guarded, boolean several, @Nullable Object answer) {}
}
