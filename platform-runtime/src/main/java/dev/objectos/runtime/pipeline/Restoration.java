package dev.objectos.runtime.pipeline;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.event.ChangeAction;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.metadata.FieldType;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.plan.Draft;
import dev.objectos.runtime.plan.MutationPlanner;
import dev.objectos.runtime.plan.ReferenceGraph;
import dev.objectos.runtime.plan.RelatedRecords;
import dev.objectos.runtime.plan.RestoredValues;
import dev.objectos.runtime.query.JsonDocument;
import dev.objectos.runtime.sql.BinEntry;
import dev.objectos.runtime.sql.BinRows;
import dev.objectos.runtime.sql.BinRows.Binned;
import dev.objectos.runtime.sql.StoredRecords;
import dev.objectos.runtime.sql.WriteConnection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Everything that comes back with a record from the recycle bin: what went with it, and the references to any of those that
 * are still empty. The counterpart of {@link Deletion}, and by the same rights: what is part of the record comes with it, any
 * other record must be one that the session may restore.
 */
final class Restoration {

    private final WriteConnection connection;
    private final Catalog catalog;
    private final RecordJudge judge;
    private final MutationPlanner planner;
    private final RelatedRecords related;
    private final Draft draft;
    private final Map<ObjectDefinition, Map<UUID, Map<String, @Nullable Object>>> rows = new LinkedHashMap<>();
    private final Map<ObjectDefinition, Map<UUID, Deletion.Emptied>> refilled = new LinkedHashMap<>();
    private final Map<UUID, Map<String, JsonDocument>> notes = new HashMap<>();
    private UUID deletion = new UUID(0, 0);

    Restoration(WriteConnection connection, Catalog catalog, RecordJudge judge, MutationPlanner planner,
            RelatedRecords related, Draft draft) {
        this.connection = connection;
        this.catalog = catalog;
        this.judge = judge;
        this.planner = planner;
        this.related = related;
        this.draft = draft;
    }

    /** Finds, locks and judges it all. */
    void expand() throws SQLException {
        List<BinEntry> taken = taken();
        var ids = new LinkedHashMap<ObjectDefinition, Set<UUID>>();
        ids.put(draft.object(), new LinkedHashSet<>());
        for (BinEntry entry : taken) {
            // What has no object any more stays where it is.
            catalog.object(entry.object()).ifPresent(object -> ids
                    .computeIfAbsent(object, _ -> new LinkedHashSet<>()).add(entry.record()));
        }
        refuseDependent(taken);
        var binned = new LinkedHashMap<ObjectDefinition, Map<UUID, Binned>>();
        for (Map.Entry<ObjectDefinition, Set<UUID>> entry : ids.entrySet()) {
            binned.put(entry.getKey(), BinRows.read(connection, catalog, entry.getKey(), entry.getValue()));
        }
        var values = new RestoredValues(catalog, draft, present(binned));
        binned.forEach((object, records) -> {
            var restored = new LinkedHashMap<UUID, Map<String, @Nullable Object>>();
            records.forEach((id, record) -> {
                restored.put(id, values.of(object, record.row(), record.unknown()));
                if (!id.equals(draft.id()) && planner.intercepted()) {
                    Draft one = planner.consequence(catalog, ChangeAction.RESTORE, object, id, Map.of(),
                            draft.session());
                    notes.put(id, planner.complete(one, record.row(), catalog, related).notes());
                }
            });
            rows.put(object, restored);
        });
        Binned root = Objects.requireNonNull(
                Objects.requireNonNull(binned.get(draft.object())).get(draft.id()));
        notes.put(draft.id(), planner.complete(draft, root.row(), catalog, related).notes());
        refill(taken.stream().map(BinEntry::record).toList());
    }

    /** The records as they will be, by object. */
    Map<ObjectDefinition, Map<UUID, Map<String, @Nullable Object>>> rows() {
        return rows;
    }

    /** What interceptors have noted about each. */
    Map<UUID, Map<String, JsonDocument>> notes() {
        return notes;
    }

    /** The records that refer to some of those again, by object. */
    Map<ObjectDefinition, Map<UUID, Deletion.Emptied>> refilled() {
        return refilled;
    }

    /** Takes what has come back out of the bin. */
    void remove() throws SQLException {
        BinRows.remove(connection, deletion,
                rows.values().stream().flatMap(records -> records.keySet().stream()).toList());
    }

    private List<BinEntry> taken() throws SQLException {
        ObjectDefinition object = draft.object();
        List<BinEntry> taken = BinRows.taken(connection, object, draft.id());
        Boolean permitted = judge.changeableInBin(object, ChangeAction.RESTORE,
                taken.stream().map(BinEntry::record).filter(draft.id()::equals).toList()).get(draft.id());
        if (permitted == null) {
            throw missing(object, draft.id());
        }
        if (!permitted) {
            throw RecordJudge.denied(object, ChangeAction.RESTORE);
        }
        deletion = taken.getFirst().deletion();
        return taken;
    }

    private void refuseDependent(List<BinEntry> taken) throws SQLException {
        var judged = new LinkedHashMap<ObjectDefinition, Set<UUID>>();
        for (BinEntry entry : taken) {
            BinEntry.Cause cause = entry.cause();
            Optional<ObjectDefinition> object = catalog.object(entry.object());
            if (cause != null && !entry.record().equals(draft.id()) && object.isPresent() && !part(entry, cause)) {
                judged.computeIfAbsent(object.get(), _ -> new LinkedHashSet<>()).add(entry.record());
            }
        }
        for (Map.Entry<ObjectDefinition, Set<UUID>> entry : judged.entrySet()) {
            ObjectDefinition child = entry.getKey();
            Map<UUID, Boolean> may = judge.changeableInBin(child, ChangeAction.RESTORE, entry.getValue());
            if (!judge.admits(child, ChangeAction.RESTORE)
                    || !entry.getValue().stream().allMatch(id -> may.getOrDefault(id, false))) {
                throw new PlatformException(RuntimeError.PERMISSION_DENIED, "You may not restore this "
                        + draft.object().label()
                        + ": records that went with it would come back, and you may not restore them")
                        .about(draft.object().name());
            }
        }
    }

    private boolean part(BinEntry entry, BinEntry.Cause cause) {
        return catalog.object(cause.object()).stream()
                .flatMap(parent -> ReferenceGraph.of(catalog).to(parent).stream())
                .anyMatch(incoming -> incoming.object().name().equals(entry.object())
                        && incoming.field().id().equals(cause.field()) && judge.part(incoming));
    }

    /** What the records refer to that is there, or comes back with them, by object. */
    private Map<String, Set<UUID>> present(Map<ObjectDefinition, Map<UUID, Binned>> binned) throws SQLException {
        var referred = new LinkedHashMap<String, Set<UUID>>();
        binned.forEach((object, records) -> records.values()
                .forEach(record -> RestoredValues.referred(object, record.row(), referred)));
        var present = new LinkedHashMap<String, Set<UUID>>();
        for (Map.Entry<String, Set<UUID>> entry : referred.entrySet()) {
            ObjectDefinition target = catalog.object(entry.getKey()).orElseThrow();
            Set<UUID> there = StoredRecords.existing(connection, catalog, target, entry.getValue());
            there.addAll(binned.getOrDefault(target, Map.of()).keySet());
            present.put(entry.getKey(), there);
        }
        return present;
    }

    @SuppressWarnings("NullAway") // inference loses the nullness of nested type arguments
    private void refill(Collection<UUID> restored) throws SQLException {
        var byObject = new LinkedHashMap<ObjectDefinition, List<BinEntry.Reference>>();
        for (BinEntry.Reference reference : BinRows.references(connection, deletion, restored)) {
            catalog.object(reference.object())
                    .ifPresent(object -> byObject.computeIfAbsent(object, _ -> new ArrayList<>()).add(reference));
        }
        for (Map.Entry<ObjectDefinition, List<BinEntry.Reference>> entry : byObject.entrySet()) {
            ObjectDefinition object = entry.getKey();
            Map<UUID, Map<String, @Nullable Object>> stored = StoredRecords.read(connection, catalog, object,
                    entry.getValue().stream().map(BinEntry.Reference::record).distinct().toList(),
                    StoredRecords.Lock.CHANGE);
            var records = new LinkedHashMap<UUID, Deletion.Emptied>();
            for (BinEntry.Reference reference : entry.getValue()) {
                Map<String, @Nullable Object> row = stored.get(reference.record());
                object.fields().values().stream().filter(field -> field.id().equals(reference.field())).findFirst()
                        .filter(_ -> row != null).ifPresent(field -> refill(field, reference.target(), records
                                .computeIfAbsent(reference.record(),
                                        _ -> new Deletion.Emptied(row, new LinkedHashMap<>()))));
            }
            records.values().removeIf(record -> record.values().isEmpty());
            if (!records.isEmpty()) {
                refilled.put(object, records);
            }
        }
    }

    /** A reference that leads elsewhere by now stays. */
    private static void refill(FieldDefinition field, UUID target, Deletion.Emptied record) {
        Object held = record.values().containsKey(field.name())
                ? record.values().get(field.name())
                : record.row().get(field.name());
        if (field.type() instanceof FieldType.References) {
            var all = new ArrayList<Object>(held instanceof List<?> list ? list : List.of());
            if (!all.contains(target)) {
                all.add(target);
                record.values().put(field.name(), all);
            }
        } else if (field.type() instanceof FieldType.Reference && held == null) {
            record.values().put(field.name(), target);
        }
    }

    static PlatformException missing(ObjectDefinition object, UUID id) {
        return new PlatformException(RuntimeError.RECORD_NOT_FOUND,
                "There is no " + object.label() + " with the id " + id + " in the recycle bin").about(object.name());
    }
}
