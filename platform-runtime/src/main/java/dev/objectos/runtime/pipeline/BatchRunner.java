package dev.objectos.runtime.pipeline;

import dev.objectos.runtime.ErrorKind;
import dev.objectos.runtime.FieldError;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.query.Batch;
import dev.objectos.runtime.query.BatchResult;
import dev.objectos.runtime.query.BatchResult.Outcome;
import dev.objectos.runtime.query.Mutation;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.sql.WriteExecutor;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Several changes. They are tried all together first, in as few statements as can be. Where that is refused and the batch is
 * atomic, it is found out by whose fault; where it is not atomic, the others are tried without those that are refused, in
 * smaller and smaller parts while it is not known which these are.
 */
final class BatchRunner {

    private static final int ATTEMPTS = 3;

    private final WritePipeline pipeline;
    private final Catalog catalog;
    private final Batch batch;
    private final Session session;
    private final BatchLedger ledger;
    private final Repetition repetition;
    private final BatchOutcomes outcomes;

    BatchRunner(WritePipeline pipeline, Catalog catalog, Batch batch, Session session, BatchLedger ledger,
            Repetition repetition) {
        this.pipeline = pipeline;
        this.catalog = catalog;
        this.batch = batch;
        this.session = session;
        this.ledger = ledger;
        this.repetition = repetition;
        this.outcomes = new BatchOutcomes(pipeline, batch, session);
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
            return outcomes.done(earlier);
        }
        try {
            return batch.trial() ? trial() : run(this::transaction);
        } catch (SQLException e) {
            throw new IllegalStateException(
                    "what a transaction of its own throws, the executor has turned into a refusal",
                    e);
        }
    }

    private BatchResult trial() {
        try {
            return pipeline.executor().transaction(session, globalWrite(batch), connection -> {
                throw new Tried(run((work, _, _) -> connection.attempt(work)));
            });
        } catch (Tried tried) {
            return tried.result();
        }
    }

    /** How a part of the batch is done together, and kept where it is well. */
    private interface Frame {

        /** @param place of the part's one change; null: of several */
        BatchSteps within(WriteExecutor.Work<BatchSteps> work, Batch part, @Nullable Integer place)
                throws SQLException;
    }

    private BatchSteps transaction(WriteExecutor.Work<BatchSteps> work, Batch part, @Nullable Integer place) {
        boolean global = globalWrite(part);
        BatchSteps steps = place == null
                ? repetition.transaction(pipeline.executor(), session, global, work, BatchSteps::effect)
                : repetition.transaction(pipeline.executor(), session, global, work, BatchSteps::effect, place);
        pipeline.committed(steps.changes());
        return steps;
    }

    private BatchResult run(Frame frame) throws SQLException {
        if (!batch.atomic() && repetition.isNoted() && !batch.trial()) {
            return noted(frame);
        }
        if (!batch.atomic()) {
            return batch.continueOnError() && batch.mutations().stream().noneMatch(BatchRunner::refers)
                    ? inParts(frame)
                    : eachAlone(frame);
        }
        int stride = Integer.MAX_VALUE;
        for (int attempt = 1;; attempt++) {
            try {
                return outcomes.done(attempt(frame, batch, stride, index -> index).effect());
            } catch (RefusedBatch refused) {
                if (attempt == ATTEMPTS || !overtaken(batch, refused)) {
                    refused.refusals().values().forEach(BatchRunner::rethrowFaults);
                    return outcomes.refused(refused.refusals());
                }
            } catch (PlatformException unattributed) {
                rethrowFaults(unattributed);
                if (attempt == ATTEMPTS) {
                    throw unattributed;
                }
                stride = 1;
            }
        }
    }

    /** What is repeated under a key is done all together or one by one, so that each part has a name that stays. */
    private BatchResult noted(Frame frame) throws SQLException {
        if (!repetition.isInParts()) {
            try {
                return outcomes.done(attempt(frame, batch, Integer.MAX_VALUE, index -> index).effect());
            } catch (RefusedBatch refused) {
                refused.refusals().values().forEach(BatchRunner::rethrowFaults);
            } catch (PlatformException unattributed) {
                rethrowFaults(unattributed);
            }
        }
        return eachAlone(frame);
    }

    /** Whether somebody else has just made the record that an upsert was about to make; now it is there to be updated. */
    private static boolean overtaken(Batch tried, RefusedBatch refused) {
        return refused.refusals().entrySet().stream()
                .anyMatch(refusal -> tried.mutations().get(refusal.getKey()) instanceof Mutation.Upsert
                        && refusal.getValue().code() == RuntimeError.UNIQUE_VIOLATION);
    }

    /**
     * Does a part of the batch together.
     *
     * @param stride most changes that share a statement
     * @param place of each change in the batch
     */
    private BatchSteps attempt(Frame frame, Batch part, int stride, IntUnaryOperator place) throws SQLException {
        return within(frame, part, stride, place, null);
    }

    private BatchSteps within(Frame frame, Batch part, int stride, IntUnaryOperator place, @Nullable Integer alone)
            throws SQLException {
        return frame.within(connection -> {
            var steps = new BatchSteps(pipeline.unit(connection, catalog, session), pipeline.planner(), part, session,
                    stride);
            steps.run();
            if (ledger != BatchLedger.NONE) {
                ledger.note(connection, steps.entries(place));
            }
            return steps;
        }, part, alone);
    }

    private BatchResult inParts(Frame frame) throws SQLException {
        var found = new TreeMap<Integer, Outcome>();
        inParts(frame, IntStream.range(0, batch.mutations().size()).boxed().toList(), found);
        return new BatchResult(List.copyOf(found.values()));
    }

    private void inParts(Frame frame, List<Integer> places, Map<Integer, Outcome> found) throws SQLException {
        if (places.size() == 1) {
            int place = places.getFirst();
            found.put(place, alone(frame, place, batch.mutations().get(place)));
            return;
        }
        var part = new Batch(places.stream().map(batch.mutations()::get).toList(), true, false, false);
        try {
            BatchSteps steps = attempt(frame, part, Integer.MAX_VALUE, places::get);
            Effect effect = steps.effect();
            for (int i = 0; i < places.size(); i++) {
                found.put(places.get(i),
                        outcomes.done(part.mutations().get(i), effect.ids().get(i), effect.created().contains(i)));
            }
        } catch (RefusedBatch refused) {
            refused.refusals().values().forEach(BatchRunner::rethrowFaults);
            if (!overtaken(part, refused)) {
                refused.refusals().forEach((i, refusal) -> found.put(places.get(i),
                        BatchOutcomes.refused(part.mutations().get(i), refusal)));
            }
            List<Integer> others = places.stream().filter(place -> !found.containsKey(place)).toList();
            inHalves(frame, others, found);
        } catch (PlatformException unattributed) {
            rethrowFaults(unattributed);
            inHalves(frame, places, found);
        }
    }

    private void inHalves(Frame frame, List<Integer> places, Map<Integer, Outcome> found) throws SQLException {
        int half = places.size() / 2;
        for (List<Integer> some : List.of(places.subList(0, half), places.subList(half, places.size()))) {
            if (!some.isEmpty()) {
                inParts(frame, some, found);
            }
        }
    }

    private BatchResult eachAlone(Frame frame) throws SQLException {
        var found = new ArrayList<Outcome>();
        Map<Integer, UUID> ids = new LinkedHashMap<>();
        boolean stopped = false;
        for (int i = 0; i < batch.mutations().size(); i++) {
            Mutation mutation = batch.mutations().get(i);
            if (stopped) {
                found.add(BatchOutcomes.skipped(mutation));
                continue;
            }
            Outcome outcome;
            try {
                Effect earlier = repetition.earlier(i);
                outcome = earlier != null
                        ? outcomes.done(mutation, earlier.ids().getFirst(), earlier.created().contains(0))
                        : alone(frame, i, BatchSteps.resolve(mutation, ids));
            } catch (PlatformException unresolved) {
                rethrowFaults(unresolved);
                outcome = BatchOutcomes.refused(mutation, unresolved);
            }
            found.add(outcome);
            if (outcome instanceof Outcome.Done done) {
                ids.put(i, done.id());
            } else {
                stopped = !batch.continueOnError();
            }
        }
        return new BatchResult(found);
    }

    private Outcome alone(Frame frame, int place, Mutation mutation) throws SQLException {
        var alone = new Batch(List.of(mutation), true, false, false);
        for (int attempt = 1;; attempt++) {
            try {
                Effect effect = within(frame, alone, 1, _ -> place, place).effect();
                return outcomes.done(mutation, effect.ids().getFirst(), effect.created().contains(0));
            } catch (RefusedBatch refused) {
                if (attempt == 1 && overtaken(alone, refused)) {
                    continue;
                }
                PlatformException refusal = refused.refusals().values().iterator().next();
                rethrowFaults(refusal);
                return BatchOutcomes.refused(mutation, refusal);
            } catch (PlatformException e) {
                rethrowFaults(e);
                return BatchOutcomes.refused(mutation, e);
            }
        }
    }

    private boolean globalWrite(Batch part) {
        return session.platformAdministrator() && part.mutations().stream()
                .anyMatch(mutation -> catalog.object(mutation.object()).map(ObjectDefinition::global).orElse(false));
    }

    private static boolean refers(Mutation mutation) {
        return switch (mutation) {
            case Mutation.Create create -> refers(create.values());
            case Mutation.Update update -> refers(update.values());
            case Mutation.Upsert upsert -> refers(upsert.values());
            case Mutation.Delete _ -> false;
        };
    }

    private static boolean refers(@Nullable Object value) {
        return switch (value) {
            case Mutation.OperationRef _ -> true;
            case Map<?, ?> values -> values.values().stream().anyMatch(BatchRunner::refers);
            case List<?> values -> values.stream().anyMatch(BatchRunner::refers);
            case null, default -> false;
        };
    }

    /** A fault of ours or of the database is not an outcome of one change. */
    private static void rethrowFaults(PlatformException e) {
        if (e.code().kind() == ErrorKind.INTERNAL || e.code().kind() == ErrorKind.UNAVAILABLE) {
            throw e;
        }
    }

    /** The end of a trial; undoes everything. */
    private static final class Tried extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final transient BatchResult result;

        Tried(BatchResult result) {
            super(null, null, false, false);
            this.result = result;
        }

        BatchResult result() {
            return Objects.requireNonNull(result);
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
