package dev.objectos.runtime.pipeline;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.event.ChangeAction;
import dev.objectos.runtime.event.RecordChange;
import dev.objectos.runtime.plan.Draft;
import dev.objectos.runtime.plan.MutationPlan;
import dev.objectos.runtime.plan.MutationPlanner;
import dev.objectos.runtime.query.Batch;
import dev.objectos.runtime.query.Mutation;
import dev.objectos.runtime.query.Mutation.OperationRef;
import dev.objectos.runtime.session.Session;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** One attempt at a batch within one transaction. Neighbours that do the same to the same object share statements. */
final class BatchSteps {

    private final WriteUnit unit;
    private final MutationPlanner planner;
    private final Batch batch;
    private final Session session;
    private final int stride;
    private final Map<Integer, UUID> ids = new HashMap<>();
    private final Set<Integer> created = new HashSet<>();
    private final Map<Integer, MutationPlan> plans = new HashMap<>();
    private final Map<Integer, PlatformException> refusals = new TreeMap<>();

    BatchSteps(WriteUnit unit, MutationPlanner planner, Batch batch, Session session, int stride) {
        this.unit = unit;
        this.planner = planner;
        this.batch = batch;
        this.session = session;
        this.stride = stride;
    }

    /** @throws BatchRunner.RefusedBatch with every change of the run in which the first was refused */
    void run() throws SQLException {
        int from = 0;
        while (from < batch.mutations().size()) {
            int to = end(from);
            try {
                step(from, to);
            } catch (PlatformException e) {
                if (to - from > 1) {
                    throw e;
                }
                refusals.put(from, e);
            }
            if (!refusals.isEmpty()) {
                throw new BatchRunner.RefusedBatch(refusals);
            }
            from = to;
        }
        unit.finish();
    }

    /** What all of its changes have done. */
    Effect effect() {
        return new Effect(IntStream.range(0, batch.mutations().size())
                .mapToObj(index -> Objects.requireNonNull(ids.get(index))).toList(), created);
    }

    List<RecordChange> changes() {
        return unit.changes();
    }

    /**
     * What has been done, for who keeps account of it.
     *
     * @param place of each change in the whole of which this batch is a part
     */
    List<BatchLedger.Entry> entries(IntUnaryOperator place) {
        var entries = new ArrayList<BatchLedger.Entry>();
        for (int i = 0; i < batch.mutations().size(); i++) {
            MutationPlan plan = Objects.requireNonNull(plans.get(i));
            boolean gone = plan.action() == ChangeAction.DELETE;
            entries.add(new BatchLedger.Entry(place.applyAsInt(i), plan.id(), plan.action() == ChangeAction.CREATE,
                    gone ? 0 : unit.version(plan.id()), before(batch.mutations().get(i), plan)));
        }
        return entries;
    }

    private static Map<String, @Nullable Object> before(Mutation mutation, MutationPlan plan) {
        var before = new LinkedHashMap<String, @Nullable Object>();
        Map<String, @Nullable Object> previous = plan.previous();
        if (previous == null || plan.action() != ChangeAction.UPDATE) {
            return before;
        }
        for (String field : named(mutation)) {
            boolean shown = plan.object().field(field).filter(known -> !MutationPlanner.concealed(known)).isPresent();
            if (shown && plan.values().containsKey(field)
                    && !Objects.equals(previous.get(field), plan.values().get(field))) {
                before.put(field, previous.get(field));
            }
        }
        return before;
    }

    private static Set<String> named(Mutation mutation) {
        return switch (mutation) {
            case Mutation.Create create -> create.values().keySet();
            case Mutation.Update update -> update.values().keySet();
            case Mutation.Upsert upsert -> {
                var names = new LinkedHashSet<>(upsert.values().keySet());
                names.addAll(upsert.blanks());
                yield names;
            }
            case Mutation.Delete _ -> Set.of();
        };
    }

    /** The mutation with ids in place of references to earlier operations. */
    static Mutation resolve(Mutation mutation, Map<Integer, UUID> ids) {
        return switch (mutation) {
            case Mutation.Create create -> new Mutation.Create(create.object(),
                    resolve(mutation, create.values(), ids), create.id());
            case Mutation.Update update -> new Mutation.Update(update.object(), update.id(),
                    resolve(mutation, update.values(), ids), update.expected());
            case Mutation.Upsert upsert -> new Mutation.Upsert(upsert.object(), upsert.match(),
                    resolve(mutation, upsert.values(), ids), upsert.blanks(), upsert.creates());
            case Mutation.Delete delete -> delete;
        };
    }

    private static Map<String, @Nullable Object> resolve(Mutation mutation, Map<String, @Nullable Object> values,
            Map<Integer, UUID> ids) {
        var resolved = new LinkedHashMap<String, @Nullable Object>();
        values.forEach((field, value) -> resolved.put(field, resolve(mutation, field, value, ids)));
        return resolved;
    }

    private static @Nullable Object resolve(Mutation mutation, String field, @Nullable Object value,
            Map<Integer, UUID> ids) {
        return switch (value) {
            case OperationRef(int index) -> {
                UUID id = ids.get(index);
                if (id == null) {
                    throw BatchRunner.unknownOperation(mutation, field, index);
                }
                yield id.toString();
            }
            case List<?> list -> {
                var resolved = new ArrayList<@Nullable Object>();
                list.forEach(element -> resolved.add(resolve(mutation, field, element, ids)));
                yield resolved;
            }
            case null, default -> value;
        };
    }

    /** Where the run of changes ends that begins here: one kind, one object, no record twice, no reference into the run. */
    private int end(int from) {
        Mutation first = batch.mutations().get(from);
        var seen = new HashSet<>();
        int to = from;
        while (to < batch.mutations().size() && to - from < stride) {
            Mutation next = batch.mutations().get(to);
            if (next.getClass() != first.getClass() || !next.object().equals(first.object())) {
                break;
            }
            boolean once = switch (next) {
                case Mutation.Update update -> seen.add(update.id());
                case Mutation.Delete delete -> seen.add(delete.id());
                case Mutation.Create create -> !refersTo(create.values(), from);
                case Mutation.Upsert upsert ->
                    UpsertMatch.kind(upsert).equals(UpsertMatch.kind((Mutation.Upsert) first))
                            && !refersTo(upsert.values(), from) && seen.add(UpsertMatch.key(upsert));
            };
            if (!once && to > from) {
                break;
            }
            to++;
        }
        return to;
    }

    private static boolean refersTo(Map<String, @Nullable Object> values, int from) {
        return values.values().stream()
                .anyMatch(value -> value instanceof OperationRef(int index) && index >= from);
    }

    private void step(int from, int to) throws SQLException {
        if (batch.mutations().get(from) instanceof Mutation.Upsert) {
            upsert(from, to);
            return;
        }
        var mutations = new LinkedHashMap<Integer, Mutation>();
        for (int i = from; i < to; i++) {
            try {
                mutations.put(i, resolve(batch.mutations().get(i), ids));
            } catch (PlatformException e) {
                refusals.put(i, e);
            }
        }
        make(mutations);
    }

    /** First it is found out for all of them together which are updates, then these and the others are made. */
    private void upsert(int from, int to) throws SQLException {
        var upserts = new ArrayList<Mutation.Upsert>();
        for (int i = from; i < to; i++) {
            upserts.add((Mutation.Upsert) resolve(batch.mutations().get(i), ids));
        }
        Map<Integer, Mutation> found = new UpsertMatch(unit, upserts.getFirst().object()).find(upserts,
                (i, refusal) -> refusals.put(from + i, refusal));
        var creations = new LinkedHashMap<Integer, Mutation>();
        var updates = new LinkedHashMap<Integer, Mutation>();
        var updated = new HashSet<UUID>();
        var late = new LinkedHashMap<Integer, Mutation>();
        found.forEach((i, mutation) -> {
            if (mutation instanceof Mutation.Update update) {
                // Several fields may lead to one record, which no statement may change twice.
                (updated.add(update.id()) ? updates : late).put(from + i, update);
            } else {
                created.add(from + i);
                creations.put(from + i, mutation);
            }
        });
        make(updates);
        make(creations);
        for (Map.Entry<Integer, Mutation> one : late.entrySet()) {
            make(Map.of(one.getKey(), one.getValue()));
        }
    }

    /** Makes changes of one kind, by their places; all or, where one is refused, none of them. */
    private void make(Map<Integer, Mutation> mutations) throws SQLException {
        var drafts = new ArrayList<Draft>();
        var positions = new ArrayList<Integer>();
        mutations.forEach((i, mutation) -> {
            try {
                drafts.add(draft(mutation));
                positions.add(i);
            } catch (PlatformException e) {
                refusals.put(i, e);
            }
        });
        if (!drafts.isEmpty()) {
            write(drafts, positions);
        }
    }

    private void write(List<Draft> drafts, List<Integer> positions) throws SQLException {
        List<MutationPlan> judged = switch (drafts.getFirst().action()) {
            case CREATE -> judgeCreations(drafts, positions);
            case UPDATE, DELETE, RESTORE -> unit.judge(drafts, (i, refusal) -> refusals.put(positions.get(i), refusal));
        };
        if (!refusals.isEmpty()) {
            return;
        }
        switch (drafts.getFirst().action()) {
            case CREATE, UPDATE -> unit.write(judged, (i, refusal) -> refusals.put(positions.get(i), refusal));
            case DELETE -> unit.delete(judged);
            case RESTORE -> throw new IllegalStateException("no mutation of a batch restores");
        }
        for (int i = 0; i < drafts.size(); i++) {
            ids.put(positions.get(i), drafts.get(i).id());
            plans.put(positions.get(i), judged.get(i));
        }
    }

    private List<MutationPlan> judgeCreations(List<Draft> drafts, List<Integer> positions) {
        var plans = new ArrayList<MutationPlan>();
        for (int i = 0; i < drafts.size(); i++) {
            try {
                plans.add(unit.judge(drafts.get(i)));
            } catch (PlatformException e) {
                refusals.put(positions.get(i), e);
            }
        }
        return plans;
    }

    private Draft draft(Mutation mutation) {
        return switch (mutation) {
            case Mutation.Create create -> planner.create(unit.catalog(), create, session);
            case Mutation.Update update -> planner.update(unit.catalog(), update, session);
            case Mutation.Delete delete -> planner.delete(unit.catalog(), delete, session);
            case Mutation.Upsert upsert -> throw new IllegalStateException(upsert + " has been resolved");
        };
    }
}
