package dev.objectos.runtime.pipeline;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.event.ChangeAction;
import dev.objectos.runtime.event.RecordChange;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.metadata.FieldType;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.metadata.SystemFields;
import dev.objectos.runtime.plan.Draft;
import dev.objectos.runtime.plan.FieldErrors;
import dev.objectos.runtime.plan.FileChecks;
import dev.objectos.runtime.plan.MutationPlan;
import dev.objectos.runtime.plan.MutationPlanner;
import dev.objectos.runtime.plan.ReferenceGraph;
import dev.objectos.runtime.plan.SummaryGraph;
import dev.objectos.runtime.query.Expected;
import dev.objectos.runtime.query.JsonDocument;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.sql.BinEntry;
import dev.objectos.runtime.sql.BinRows;
import dev.objectos.runtime.sql.FileRows;
import dev.objectos.runtime.sql.MutationExecutor;
import dev.objectos.runtime.sql.ReferredRecords;
import dev.objectos.runtime.sql.StoredRecords;
import dev.objectos.runtime.sql.SummaryChanges;
import dev.objectos.runtime.sql.SummaryWriter;
import dev.objectos.runtime.sql.TreeRows;
import dev.objectos.runtime.sql.WriteAnswer;
import dev.objectos.runtime.sql.WriteConnection;
import dev.objectos.runtime.sql.WrittenRow;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One write under way within its connection: what it has done, and what must follow before the commit. */
final class WriteUnit {

    private final WriteConnection connection;
    private final Catalog catalog;
    private final Session session;
    private final MutationPlanner planner;
    private final MutationExecutor executor;
    private final RecordJudge judge;
    private final ReferredRecords referred;
    private final SummaryChanges summaries;
    private final List<RecordChange> changes = new ArrayList<>();
    private final Map<UUID, Long> versions = new HashMap<>();
    private final Set<FileRows.Use> files = new LinkedHashSet<>();
    private Instant now = Instant.EPOCH;

    WriteUnit(WriteConnection connection, Catalog catalog, Session session, MutationPlanner planner,
            MutationExecutor executor, RecordRights rights) {
        this.connection = connection;
        this.catalog = catalog;
        this.session = session;
        this.planner = planner;
        this.executor = executor;
        this.judge = new RecordJudge(rights, connection, catalog);
        this.referred = new ReferredRecords(connection, catalog, judge);
        this.summaries = new SummaryChanges(catalog);
    }

    /** Whether the change is done by one statement, so that it needs no transaction around it. */
    static boolean isPlain(Draft draft, Catalog catalog) {
        return !draft.needsTransaction() && switch (draft.action()) {
            case CREATE -> SummaryGraph.of(catalog).over(draft.object()).isEmpty();
            case UPDATE -> !draft.needsPrevious();
            case RESTORE -> false;
            case DELETE -> !draft.needsPrevious() && draft.expected() == null
                    && ReferenceGraph.of(catalog).to(draft.object()).isEmpty();
        };
    }

    /** Whether a plan that was thought to be plain moves a record of a tree, or has turned out to touch summaries or files. */
    static boolean needsMore(MutationPlan plan, Catalog catalog) {
        return !uses(plan).isEmpty() || !movedBy(plan).isEmpty()
                || (plan.action() == ChangeAction.UPDATE && plan.previous() == null
                        && SummaryGraph.of(catalog).touches(plan.object(), plan.values().keySet()));
    }

    Catalog catalog() {
        return catalog;
    }

    WriteConnection connection() {
        return connection;
    }

    Session session() {
        return session;
    }

    MutationPlanner planner() {
        return planner;
    }

    /** Says what of stored records may be seen and changed. */
    RecordJudge rights() {
        return judge;
    }

    /** The plan of a change that needs no stored record. */
    MutationPlan judge(Draft draft) {
        return planner.complete(draft, null, catalog, referred);
    }

    /** The plans of changes of one object's stored records, which are read and locked together. */
    List<MutationPlan> judge(List<Draft> drafts, Refusals refusals) throws SQLException {
        ObjectDefinition object = drafts.getFirst().object();
        List<UUID> ids = drafts.stream().map(Draft::id).toList();
        ChangeAction action = drafts.getFirst().action();
        Map<UUID, Map<String, @Nullable Object>> rows = StoredRecords.read(connection, catalog, object, ids,
                action == ChangeAction.UPDATE ? StoredRecords.Lock.CHANGE : StoredRecords.Lock.DELETION);
        // Not before the lock: whoever changes a record may take away the right to it.
        Map<UUID, Boolean> changeable = judge.changeable(object, action, rows.keySet());
        var plans = new ArrayList<MutationPlan>();
        for (int i = 0; i < drafts.size(); i++) {
            Draft draft = drafts.get(i);
            try {
                Map<String, @Nullable Object> row = rows.get(draft.id());
                Boolean permitted = changeable.get(draft.id());
                if (row == null || permitted == null) {
                    throw missing(object);
                }
                if (!permitted) {
                    throw RecordJudge.denied(object, action);
                }
                checkExpected(draft, row);
                plans.add(planner.complete(draft, row, catalog, referred));
            } catch (PlatformException e) {
                refusals.add(i, e);
            }
        }
        return plans;
    }

    /** Whether the record is as it stays once it is written, so that the same statement can show it. */
    boolean isFinal(MutationPlan plan) {
        SummaryGraph graph = SummaryGraph.of(catalog);
        return plan.action() == ChangeAction.CREATE
                ? graph.over(plan.object()).isEmpty()
                : !graph.touches(plan.object(), plan.values().keySet());
    }

    /** Creates or updates one record and shows it; a record that may not be made is refused once it is there to be judged. */
    WrittenRow write(MutationPlan plan, WriteAnswer answer) throws SQLException {
        WrittenRow row = executor.write(connection, catalog, plan, answer);
        written(List.of(plan), List.of(row));
        judgeMade(List.of(plan), Refusals.THROW);
        judgeMoved(List.of(plan), Refusals.THROW);
        return row;
    }

    /** The same of several records of one object. */
    void write(List<MutationPlan> plans, Refusals refusals) throws SQLException {
        written(plans, executor.write(connection, catalog, plans));
        judgeMade(plans, refusals);
        judgeMoved(plans, refusals);
    }

    private void judgeMade(List<MutationPlan> plans, Refusals refusals) throws SQLException {
        MutationPlan first = plans.getFirst();
        if (first.action() != ChangeAction.CREATE) {
            return;
        }
        Set<UUID> permitted = judge.permitted(first.object(), ChangeAction.CREATE,
                plans.stream().map(MutationPlan::id).toList());
        for (int i = 0; i < plans.size(); i++) {
            if (!permitted.contains(plans.get(i).id())) {
                refusals.add(i, RecordJudge.denied(first.object(), ChangeAction.CREATE));
            }
        }
    }

    /** Of several that close a circle together, which one is to blame shows when they are made one by one. */
    private void judgeMoved(List<MutationPlan> plans, Refusals refusals) throws SQLException {
        var moved = new LinkedHashMap<FieldDefinition, List<UUID>>();
        plans.forEach(plan -> movedBy(plan)
                .forEach(parent -> moved.computeIfAbsent(parent, _ -> new ArrayList<>()).add(plan.id())));
        for (Map.Entry<FieldDefinition, List<UUID>> entry : moved.entrySet()) {
            ObjectDefinition object = plans.getFirst().object();
            Set<UUID> circular = TreeRows.circular(connection, catalog, object, entry.getKey(), entry.getValue());
            if (circular.isEmpty()) {
                continue;
            }
            var errors = new FieldErrors(object, planner.view(object, session, catalog));
            errors.add(entry.getKey(), "circular", "would put the record below itself");
            if (circular.size() > 1) {
                throw errors.refusal();
            }
            refusals.add(plans.stream().map(MutationPlan::id).toList().indexOf(circular.iterator().next()),
                    errors.refusal());
        }
    }

    private void written(List<MutationPlan> plans, List<WrittenRow> rows) {
        for (int i = 0; i < plans.size(); i++) {
            MutationPlan plan = plans.get(i);
            WrittenRow row = rows.get(i);
            now = plan.now();
            if (!row.written()) {
                Long stored = row.storedVersion();
                throw stored == null ? missing(plan.object()) : conflict(plan.object(), stored);
            }
            versions.put(plan.id(), row.version());
            summaries.add(plan);
            files.addAll(uses(plan));
            referred.written(plan.object(), plan.id());
            note(plan.object(), plan.action(), row);
        }
    }

    /** Deletes a record that nothing can refer to and no summary counts, and that the session may delete unseen. */
    void deletePlain(MutationPlan plan) throws SQLException {
        now = plan.now();
        var gone = executor.delete(connection, catalog, Map.of(plan.object(), List.of(plan.id())), plan.now(),
                Map.of(plan.id(), plan.notes()), new BinEntry.Deleting(UUID.randomUUID(), Map.of()));
        if (gone.isEmpty()) {
            throw missing(plan.object());
        }
        gone.values().forEach(rows -> rows.forEach(row -> note(plan.object(), ChangeAction.DELETE, row)));
    }

    /** Deletes locked records of one object with everything that goes with them. */
    @SuppressWarnings("NullAway") // inference loses the nullness of nested type arguments
    void delete(List<MutationPlan> plans) throws SQLException {
        ObjectDefinition object = plans.getFirst().object();
        now = plans.getFirst().now();
        var roots = new LinkedHashMap<UUID, Map<String, @Nullable Object>>();
        var notes = new HashMap<UUID, Map<String, JsonDocument>>();
        for (MutationPlan plan : plans) {
            roots.put(plan.id(), Objects.requireNonNull(plan.previous()));
            notes.put(plan.id(), plan.notes());
        }
        var deletion = new Deletion(connection, catalog, judge, object);
        deletion.expand(roots);
        for (Map.Entry<ObjectDefinition, Map<UUID, Deletion.Emptied>> entry : deletion.emptied().entrySet()) {
            refer(entry.getKey(), entry.getValue());
        }
        for (Deletion.Bound stamp : deletion.stamps()) {
            MutationExecutor.forget(connection, catalog, stamp.incoming().object(), stamp.incoming().field().name(),
                    stamp.targets());
        }
        var doomed = new LinkedHashMap<ObjectDefinition, Collection<UUID>>();
        deletion.doomed().forEach((of, rows) -> {
            if (planner.intercepted()) {
                rows.forEach((id, row) -> {
                    if (!roots.containsKey(id)) {
                        Draft draft = planner.consequence(catalog, ChangeAction.DELETE, of, id, Map.of(), session);
                        notes.put(id, planner.complete(draft, row, catalog, referred).notes());
                    }
                });
            }
            rows.values().forEach(row -> summaries.changed(of, row, null));
            doomed.put(of, rows.keySet());
        });
        UUID id = UUID.randomUUID();
        BinRows.note(connection, id, now, deletion.lost());
        var deleting = new BinEntry.Deleting(id, deletion.causes());
        executor.delete(connection, catalog, doomed, now, notes, deleting).forEach((name, rows) -> rows
                .forEach(row -> note(catalog.object(name).orElseThrow(), ChangeAction.DELETE, row)));
    }

    /** Brings a record back from the recycle bin, with everything that went with it. */
    @SuppressWarnings("NullAway") // inference loses the nullness of nested type arguments
    void restore(Draft draft) throws SQLException {
        var restoration = new Restoration(connection, catalog, judge, planner, referred, draft);
        restoration.expand();
        now = draft.now();
        restoration.rows().forEach((of, rows) -> rows.values().forEach(row -> summaries.changed(of, null, row)));
        executor.restore(connection, catalog, restoration.rows(), now, restoration.notes(),
                planner.view(draft.object(), session, catalog))
                .forEach((name, rows) -> rows.forEach(row -> {
                    ObjectDefinition of = catalog.object(name).orElseThrow();
                    referred.written(of, row.id());
                    note(of, ChangeAction.RESTORE, row);
                }));
        for (Map.Entry<ObjectDefinition, Map<UUID, Deletion.Emptied>> entry : restoration.refilled().entrySet()) {
            refer(entry.getKey(), entry.getValue());
        }
        restoration.remove();
    }

    /** Called when every change is made: brings the summaries up to date, and notes who was given which file. */
    void finish() throws SQLException {
        if (!files.isEmpty()) {
            FileRows.note(connection, files);
        }
        if (!summaries.isEmpty()) {
            new SummaryWriter(connection, catalog, now, true).apply(summaries);
        }
    }

    /** What has been changed, in order. */
    List<RecordChange> changes() {
        return changes;
    }

    /** The version of a record that has been created or updated, as it was left. */
    long version(UUID id) {
        return Objects.requireNonNull(versions.get(id));
    }

    static PlatformException missing(ObjectDefinition object) {
        return new PlatformException(RuntimeError.RECORD_NOT_FOUND, "There is no such " + object.label())
                .about(object.name());
    }

    /** Changes references as the deletion, or the return, of the records that they lead to makes it. */
    private void refer(ObjectDefinition object, Map<UUID, Deletion.Emptied> records) throws SQLException {
        var plans = new ArrayList<MutationPlan>();
        records.forEach((id, record) -> {
            Draft draft = planner.consequence(catalog, ChangeAction.UPDATE, object, id, record.values(), session);
            plans.add(planner.complete(draft, record.row(), catalog, referred));
        });
        write(plans, Refusals.THROW);
    }

    private static List<FileRows.Use> uses(MutationPlan plan) {
        var uses = new ArrayList<FileRows.Use>();
        plan.values().forEach((name, value) -> {
            FieldDefinition field = plan.object().field(name).orElseThrow();
            FileChecks.ids(field, value).forEach(
                    id -> uses.add(new FileRows.Use(id, plan.object().name(), plan.id(), field.id())));
        });
        return uses;
    }

    /** The fields by which an update puts a record below another one of its object; one that is made stands above none yet. */
    private static List<FieldDefinition> movedBy(MutationPlan plan) {
        return plan.action() != ChangeAction.UPDATE
                ? List.of()
                : plan.object().fields().values().stream()
                        .filter(field -> field.type() instanceof FieldType.Reference(String name, String target, _)
                                && name.equals("tree") && target.equals(plan.object().name())
                                && plan.values().get(field.name()) != null)
                        .toList();
    }

    private static void checkExpected(Draft draft, Map<String, @Nullable Object> row) {
        boolean met = switch (draft.expected()) {
            case Expected.Version expected -> Objects.equals(row.get(SystemFields.VERSION), expected.version());
            case Expected.UpdatedAt expected -> Objects.equals(row.get(SystemFields.UPDATED_AT), expected.at());
            case null -> true;
        };
        if (!met) {
            throw conflict(draft.object(), (Long) Objects.requireNonNull(row.get(SystemFields.VERSION)));
        }
    }

    private static PlatformException conflict(ObjectDefinition object, long version) {
        return new PlatformException(RuntimeError.CONCURRENT_UPDATE,
                "The record has changed meanwhile; read it again and repeat the change").about(object.name())
                .with("currentVersion", version);
    }

    private void note(ObjectDefinition object, ChangeAction action, WrittenRow row) {
        String document = row.changes();
        if (row.changed() && document != null) {
            changes.add(new RecordChange(session.tenant(), object.name(), row.id(), action, JsonDocument.of(document),
                    Objects.requireNonNull(row.version()), session.userId(), session.origin(), now));
        }
    }

    /** Takes the refusals of single changes among several. */
    interface Refusals {

        /** The first refusal ends everything. */
        Refusals THROW = (_, refusal) -> {
            throw refusal;
        };

        void add(int index, PlatformException refusal);
    }
}
