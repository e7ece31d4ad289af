package dev.objectos.runtime.pipeline;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.event.ChangeAction;
import dev.objectos.runtime.metadata.BinFields;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.metadata.SystemFields;
import dev.objectos.runtime.plan.ReferenceGraph;
import dev.objectos.runtime.plan.ReferenceGraph.Incoming;
import dev.objectos.runtime.sql.BinEntry;
import dev.objectos.runtime.sql.StoredRecords;
import dev.objectos.runtime.sql.WriteConnection;
import java.sql.SQLException;
import java.util.ArrayDeque;
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

/**
 * Everything that the deletion of some records brings with it, found by following the lookups that lead to them. All
 * records concerned are locked on the way, parents before children, so that nothing new can come to refer to them.
 *
 * <p>
 * What is part of a deleted record goes with it; any other record that it takes along must be one that the session may delete.
 * Refusals tell of no record that the session does not see.
 */
final class Deletion {

    /** Records that one deletion may take along or change; more are deleted in parts, by whoever knows why. */
    static final int MAXIMUM = 10_000;

    private final WriteConnection connection;
    private final Catalog catalog;
    private final RecordJudge judge;
    private final ObjectDefinition object;
    private final Map<ObjectDefinition, Map<UUID, Map<String, @Nullable Object>>> doomed = new LinkedHashMap<>();
    private final Map<ObjectDefinition, Map<UUID, Emptied>> emptied = new LinkedHashMap<>();
    private final Map<ObjectDefinition, Set<UUID>> dependents = new LinkedHashMap<>();
    private final Map<ObjectDefinition, Set<UUID>> parts = new HashMap<>();
    private final Map<UUID, BinEntry.Cause> causes = new HashMap<>();
    private final List<Bound> restricted = new ArrayList<>();
    private final List<Bound> detached = new ArrayList<>();
    private final List<Bound> stamps = new ArrayList<>();
    private int affected;

    /** @param object whose records are to be deleted */
    Deletion(WriteConnection connection, Catalog catalog, RecordJudge judge, ObjectDefinition object) {
        this.connection = connection;
        this.catalog = catalog;
        this.judge = judge;
        this.object = object;
    }

    /** Fields that refer to some records of an object. */
    record Bound(Incoming incoming, ObjectDefinition target, Collection<UUID> targets) {}

    /** A record that stays but loses references. */
    record Emptied(Map<String, @Nullable Object> row, Map<String, @Nullable Object> values) {}

    /** @param roots the records to delete, locked against everything */
    void expand(Map<UUID, Map<String, @Nullable Object>> roots) throws SQLException {
        record Step(ObjectDefinition of, Collection<UUID> ids) {}
        var steps = new ArrayDeque<Step>();
        steps.add(new Step(object, doom(object, roots)));
        parts.put(object, new LinkedHashSet<>(roots.keySet()));
        while (!steps.isEmpty()) {
            Step step = steps.remove();
            for (Incoming incoming : ReferenceGraph.of(catalog).to(step.of())) {
                var bound = new Bound(incoming, step.of(), step.ids());
                if (SystemFields.RESERVED.contains(incoming.field().name())) {
                    stamps.add(bound);
                } else {
                    switch (incoming.onDelete()) {
                        case RESTRICT -> restricted.add(bound);
                        case SET_NULL -> detached.add(bound);
                        case CASCADE -> {
                            var rows = referring(bound, StoredRecords.Lock.DELETION);
                            (judge.part(incoming) ? parts : dependents)
                                    .computeIfAbsent(incoming.object(), _ -> new LinkedHashSet<>())
                                    .addAll(rows.keySet());
                            var taken = doom(incoming.object(), rows);
                            taken.forEach(id -> causes.put(id, cause(step.of(), incoming,
                                    Objects.requireNonNull(rows.get(id)))));
                            if (!taken.isEmpty()) {
                                steps.add(new Step(incoming.object(), taken));
                            }
                        }
                    }
                }
            }
        }
        refuseDependent();
        refuseRestricted();
        for (Bound bound : detached) {
            empty(bound);
        }
    }

    /** The records to delete with their last state, by object, in the order in which they were found. */
    Map<ObjectDefinition, Map<UUID, Map<String, @Nullable Object>>> doomed() {
        return doomed;
    }

    /** The records that lose references, by object. */
    Map<ObjectDefinition, Map<UUID, Emptied>> emptied() {
        return emptied;
    }

    /** Why each record goes that is not among those to delete. */
    Map<UUID, BinEntry.Cause> causes() {
        return causes;
    }

    /** The references that are lost to records which go to the recycle bin. */
    List<BinEntry.Reference> lost() {
        var lost = new ArrayList<BinEntry.Reference>();
        for (Bound bound : detached) {
            Incoming incoming = bound.incoming();
            if (!BinFields.kept(bound.target())) {
                continue;
            }
            emptied.getOrDefault(incoming.object(), Map.of()).forEach((id, record) -> {
                if (!record.values().containsKey(incoming.field().name())) {
                    return; // what it loses are references of other fields
                }
                Object held = Objects.requireNonNull(record.row().get(incoming.field().name()));
                List<?> targets = incoming.several() ? (List<?>) held : List.of(held);
                targets.stream().distinct().filter(bound.targets()::contains)
                        .forEach(target -> lost.add(new BinEntry.Reference((UUID) target, incoming.object().name(), id,
                                incoming.field().id())));
            });
        }
        return lost;
    }

    /** The platform's own marks of who made or changed a record; they are taken away without a trace on that record. */
    List<Bound> stamps() {
        return stamps;
    }

    private Collection<UUID> doom(ObjectDefinition of, Map<UUID, Map<String, @Nullable Object>> rows) {
        if (rows.isEmpty()) {
            return List.of();
        }
        Map<UUID, Map<String, @Nullable Object>> known = doomed.computeIfAbsent(of, _ -> new LinkedHashMap<>());
        Set<UUID> fresh = new LinkedHashSet<>(rows.keySet());
        fresh.removeAll(known.keySet());
        fresh.forEach(id -> known.put(id, Objects.requireNonNull(rows.get(id))));
        count(of, fresh.size());
        return fresh;
    }

    private static BinEntry.Cause cause(ObjectDefinition parent, Incoming incoming,
            Map<String, @Nullable Object> row) {
        return new BinEntry.Cause(parent.name(), (UUID) Objects.requireNonNull(row.get(incoming.field().name())),
                incoming.field().id());
    }

    private Map<UUID, Map<String, @Nullable Object>> referring(Bound bound, StoredRecords.Lock lock)
            throws SQLException {
        return StoredRecords.referring(connection, catalog, bound.incoming().object(),
                bound.incoming().field().name(), bound.targets(), lock, MAXIMUM + 1);
    }

    @SuppressWarnings("NullAway") // inference loses the nullness of nested type arguments
    private void empty(Bound bound) throws SQLException {
        Incoming incoming = bound.incoming();
        String field = incoming.field().name();
        Map<UUID, Map<String, @Nullable Object>> gone = doomed.getOrDefault(incoming.object(), Map.of());
        referring(bound, StoredRecords.Lock.CHANGE).forEach((id, row) -> {
            if (gone.containsKey(id)) {
                return;
            }
            Map<UUID, Emptied> records = emptied.computeIfAbsent(incoming.object(), _ -> new LinkedHashMap<>());
            if (!records.containsKey(id)) {
                count(incoming.object(), 1);
            }
            Map<String, @Nullable Object> values = records
                    .computeIfAbsent(id, _ -> new Emptied(row, new LinkedHashMap<>())).values();
            if (incoming.several()) {
                Object held = values.containsKey(field) ? values.get(field) : row.get(field);
                var left = new ArrayList<Object>((List<?>) Objects.requireNonNull(held));
                left.removeAll(bound.targets());
                values.put(field, left);
            } else {
                values.put(field, null);
            }
        });
    }

    private void refuseDependent() throws SQLException {
        for (Map.Entry<ObjectDefinition, Set<UUID>> entry : dependents.entrySet()) {
            ObjectDefinition child = entry.getKey();
            var judged = new LinkedHashSet<>(entry.getValue());
            judged.removeAll(parts.getOrDefault(child, Set.of()));
            if (!judged.isEmpty() && !(judge.admits(child, ChangeAction.DELETE)
                    && judge.changesAll(child, ChangeAction.DELETE, judged))) {
                throw new PlatformException(RuntimeError.PERMISSION_DENIED,
                        "You may not delete this " + object.label()
                                + ": records that depend on it would go with it, and you may not delete them")
                        .about(object.name());
            }
        }
    }

    private void refuseRestricted() throws SQLException {
        boolean held = false;
        for (Bound bound : restricted) {
            ObjectDefinition child = bound.incoming().object();
            FieldDefinition field = bound.incoming().field();
            Set<UUID> gone = doomed.getOrDefault(child, Map.of()).keySet();
            if (StoredRecords.countReferring(connection, catalog, child, field.name(), bound.targets(), gone) == 0) {
                continue;
            }
            held = true;
            long count = judge.referring(child, field, bound.targets(), gone);
            if (count > 0) {
                throw new PlatformException(RuntimeError.DELETE_RESTRICTED,
                        "It cannot be deleted: " + count + " " + (count == 1 ? child.label() : child.pluralLabel())
                                + (count == 1 ? " refers" : " refer") + " to it by " + field.label())
                        .about(object.name()).with("restrictedBy", child.name()).with("count", count);
            }
        }
        if (held) {
            throw new PlatformException(RuntimeError.DELETE_RESTRICTED,
                    "It cannot be deleted: other records refer to it").about(object.name());
        }
    }

    private void count(ObjectDefinition of, int more) {
        affected += more;
        if (affected <= MAXIMUM) {
            return;
        }
        String message = "The deletion would change more than " + MAXIMUM + " records";
        if (judge.seesAll(of)) {
            throw new PlatformException(RuntimeError.DELETE_RESTRICTED,
                    message + ", among them " + of.pluralLabel() + "; delete or reassign some of those first")
                    .about(object.name()).with("restrictedBy", of.name()).with("count", affected);
        }
        throw new PlatformException(RuntimeError.DELETE_RESTRICTED,
                message + "; delete or reassign some of those that refer to it first").about(object.name());
    }
}
