package dev.objectos.runtime.pipeline;

import dev.objectos.runtime.ErrorKind;
import dev.objectos.runtime.FieldError;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.event.RecordChange;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.query.Batch;
import dev.objectos.runtime.query.BatchResult;
import dev.objectos.runtime.query.BatchResult.Outcome;
import dev.objectos.runtime.query.JsonDocument;
import dev.objectos.runtime.query.Mutation;
import dev.objectos.runtime.session.Session;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Several changes. They are tried all together first, in as few statements as can be. Where that is refused and it is not
 * known by whose fault, they are tried one by one; where the batch is not atomic, each in a transaction of its own.
 */
final class BatchRunner {

    private static final int ATTEMPTS = 3;

    private final WritePipeline pipeline;
    private final Catalog catalog;
    private final Batch batch;
    private final Session session;
    private final Repetition repetition;

    BatchRunner(WritePipeline pipeline, Catalog catalog, Batch batch, Session session, Repetition repetition) {
        this.pipeline = pipeline;
        this.catalog = catalog;
        this.batch = batch;
        this.session = session;
        this.repetition = repetition;
    }

    BatchResult run() {
        if (batch.mutations().size() > Batch.MAXIMUM) {
            throw new PlatformException(RuntimeError.PAYLOAD_TOO_LARGE,
                    "At most " + Batch.MAXIMUM + " records can be written at once");
        }
        if (batch.mutations().isEmpty()) {
            return new BatchResult(List.of());
        }
        Effect earlier = repetition.earlier();
        if (earlier != null) {
            return done(earlier);
        }
        if (repetition.isInParts()) {
            return eachAlone();
        }
        int stride = Integer.MAX_VALUE;
        for (int attempt = 1;; attempt++) {
            try {
                return together(stride);
            } catch (RefusedBatch refused) {
                if (!batch.atomic()) {
                    return eachAlone();
                }
                if (attempt == ATTEMPTS || !overtaken(batch, refused)) {
                    return refused(refused.refusals());
                }
            } catch (PlatformException unattributed) {
                rethrowFaults(unattributed);
                if (!batch.atomic()) {
                    return eachAlone();
                }
                if (attempt == ATTEMPTS) {
                    throw unattributed;
                }
                stride = 1;
            }
        }
    }

    /** Whether somebody else has just made the record that an upsert was about to make; now it is there to be updated. */
    private static boolean overtaken(Batch tried, RefusedBatch refused) {
        return refused.refusals().entrySet().stream()
                .anyMatch(refusal -> tried.mutations().get(refusal.getKey()) instanceof Mutation.Upsert
                        && refusal.getValue().code() == RuntimeError.UNIQUE_VIOLATION);
    }

    /** @param stride most changes that share a statement */
    private BatchResult together(int stride) {
        BatchSteps steps = repetition.transaction(pipeline.executor(), session, globalWrite(), connection -> {
            var attempt = new BatchSteps(pipeline.unit(connection, catalog, session), pipeline.planner(), batch,
                    session, stride);
            attempt.run();
            return attempt;
        }, BatchSteps::effect);
        List<RecordChange> changes = steps.changes();
        pipeline.committed(changes);
        return done(steps.effect());
    }

    private BatchResult done(Effect effect) {
        var outcomes = new ArrayList<Outcome>();
        for (int i = 0; i < batch.mutations().size(); i++) {
            outcomes.add(done(batch.mutations().get(i), effect.ids().get(i), effect.created().contains(i)));
        }
        return new BatchResult(outcomes);
    }

    private BatchResult eachAlone() {
        var outcomes = new ArrayList<Outcome>();
        Map<Integer, UUID> ids = new LinkedHashMap<>();
        boolean stopped = false;
        for (int i = 0; i < batch.mutations().size(); i++) {
            Mutation mutation = batch.mutations().get(i);
            if (stopped) {
                outcomes.add(new Outcome.Skipped(id(mutation)));
                continue;
            }
            try {
                Effect effect = repetition.earlier(i);
                if (effect == null) {
                    effect = alone(new Batch(List.of(BatchSteps.resolve(mutation, ids)), true, false, false), i);
                }
                UUID id = effect.ids().getFirst();
                ids.put(i, id);
                outcomes.add(done(mutation, id, effect.created().contains(0)));
            } catch (RefusedBatch refused) {
                outcomes.add(new Outcome.Refused(id(mutation), refused.refusals().values().iterator().next()));
                stopped = !batch.continueOnError();
            } catch (PlatformException e) {
                rethrowFaults(e);
                outcomes.add(new Outcome.Refused(id(mutation), e));
                stopped = !batch.continueOnError();
            }
        }
        return new BatchResult(outcomes);
    }

    private Effect alone(Batch one, int part) {
        BatchSteps steps;
        try {
            steps = attempt(one, part);
        } catch (RefusedBatch refused) {
            if (!overtaken(one, refused)) {
                throw refused;
            }
            steps = attempt(one, part);
        }
        pipeline.committed(steps.changes());
        return steps.effect();
    }

    private BatchSteps attempt(Batch one, int part) {
        return repetition.transaction(pipeline.executor(), session, globalWrite(), connection -> {
            var steps = new BatchSteps(pipeline.unit(connection, catalog, session), pipeline.planner(), one, session,
                    1);
            steps.run();
            return steps;
        }, BatchSteps::effect, part);
    }

    private BatchResult refused(Map<Integer, PlatformException> refusals) {
        refusals.values().forEach(BatchRunner::rethrowFaults);
        var outcomes = new ArrayList<Outcome>();
        for (int i = 0; i < batch.mutations().size(); i++) {
            PlatformException refusal = refusals.get(i);
            UUID id = id(batch.mutations().get(i));
            outcomes.add(refusal == null ? new Outcome.RolledBack(id) : new Outcome.Refused(id, refusal));
        }
        return new BatchResult(outcomes);
    }

    private Outcome done(Mutation mutation, UUID id, boolean created) {
        JsonDocument record = batch.returnRecords() && !(mutation instanceof Mutation.Delete)
                ? pipeline.answer(mutation.object(), id, session).json()
                : null;
        return new Outcome.Done(id, created, record);
    }

    private boolean globalWrite() {
        return session.platformAdministrator() && batch.mutations().stream()
                .anyMatch(mutation -> catalog.object(mutation.object()).map(ObjectDefinition::global).orElse(false));
    }

    private static @Nullable UUID id(Mutation mutation) {
        return switch (mutation) {
            case Mutation.Create _ -> null;
            case Mutation.Update update -> update.id();
            case Mutation.Delete delete -> delete.id();
            case Mutation.Upsert upsert -> upsert.match() instanceof Mutation.Match.Id(UUID id) ? id : null;
        };
    }

    /** A fault of ours or of the database is not an outcome of one change. */
    private static void rethrowFaults(PlatformException e) {
        if (e.code().kind() == ErrorKind.INTERNAL || e.code().kind() == ErrorKind.UNAVAILABLE) {
            throw e;
        }
    }

    /** Some changes were refused, and it is known which; rolls the transaction back. */
    static final class RefusedBatch extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final transient Map<Integer, PlatformException> refusals;

        RefusedBatch(Map<Integer, PlatformException> refusals) {
            super(null, null, false, false);
            this.refusals = new TreeMap<>(refusals);
        }

        Map<Integer, PlatformException> refusals() {
            return Objects.requireNonNull(refusals);
        }
    }

    /** The refusal of a reference to an operation that has made no record. */
    static PlatformException unknownOperation(Mutation mutation, String field, int index) {
        return PlatformException.validation(mutation.object(), List.of(new FieldError(field, "invalid_reference",
                field + " refers to operation " + index + ", which has not made a record before this one")));
    }
}
