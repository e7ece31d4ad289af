package dev.objectos.runtime.pipeline;

import dev.objectos.runtime.PlatformException;
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
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
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

    /** The mutation with ids in place of references to earlier operations. */
    static Mutation resolve(Mutation mutation, Map<Integer, UUID> ids) {
        return switch (mutation) {
            case Mutation.Create create -> new Mutation.Create(create.object(),
                    resolve(mutation, create.values(), ids), create.id());
            case Mutation.Update update -> new Mutation.Update(update.object(), update.id(),
                    resolve(mutation, update.values(), ids), update.expected());
            case Mutation.Upsert upsert -> new Mutation.Upsert(upsert.object(), upsert.match(),
                    resolve(mutation, upsert.values(), ids));
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
        if (first instanceof Mutation.Upsert) {
            return from + 1;
        }
        var seen = new HashSet<UUID>();
        int to = from;
        while (to < batch.mutations().size() && to - from < stride) {
            Mutation next = batch.mutations().get(to);
            boolean same = next.getClass() == first.getClass() && next.object().equals(first.object());
            boolean once = switch (next) {
                case Mutation.Update update -> seen.add(update.id());
                case Mutation.Delete delete -> seen.add(delete.id());
                case Mutation.Create create -> !refersTo(create, from);
                case Mutation.Upsert _ -> false;
            };
            if (!same || (!once && to > from)) {
                break;
            }
            to++;
        }
        return to;
    }

    private static boolean refersTo(Mutation.Create create, int from) {
        return create.values().values().stream()
                .anyMatch(value -> value instanceof OperationRef(int index) && index >= from);
    }

    private void step(int from, int to) throws SQLException {
        var drafts = new ArrayList<Draft>();
        var positions = new ArrayList<Integer>();
        for (int i = from; i < to; i++) {
            try {
                Mutation mutation = resolve(batch.mutations().get(i), ids);
                if (mutation instanceof Mutation.Upsert upsert) {
                    mutation = new UpsertMatch(unit, upsert).find();
                    if (mutation instanceof Mutation.Create) {
                        created.add(i);
                    }
                }
                drafts.add(draft(mutation));
                positions.add(i);
            } catch (PlatformException e) {
                refusals.put(i, e);
            }
        }
        if (!drafts.isEmpty()) {
            write(drafts, positions);
        }
    }

    private void write(List<Draft> drafts, List<Integer> positions) throws SQLException {
        List<MutationPlan> plans = switch (drafts.getFirst().action()) {
            case CREATE -> judgeCreations(drafts, positions);
            case UPDATE, DELETE, RESTORE -> unit.judge(drafts, (i, refusal) -> refusals.put(positions.get(i), refusal));
        };
        if (!refusals.isEmpty()) {
            return;
        }
        switch (drafts.getFirst().action()) {
            case CREATE, UPDATE -> unit.write(plans, (i, refusal) -> refusals.put(positions.get(i), refusal));
            case DELETE -> unit.delete(plans);
            case RESTORE -> throw new IllegalStateException("no mutation of a batch restores");
        }
        for (int i = 0; i < drafts.size(); i++) {
            ids.put(positions.get(i), drafts.get(i).id());
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
