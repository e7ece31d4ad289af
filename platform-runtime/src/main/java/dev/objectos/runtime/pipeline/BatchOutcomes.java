package dev.objectos.runtime.pipeline;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.query.Batch;
import dev.objectos.runtime.query.BatchResult;
import dev.objectos.runtime.query.BatchResult.Outcome;
import dev.objectos.runtime.query.JsonDocument;
import dev.objectos.runtime.query.Mutation;
import dev.objectos.runtime.session.Session;
import java.util.ArrayList;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What came of the changes of a batch, as whoever has sent it is told. */
record BatchOutcomes(WritePipeline pipeline, Batch batch, Session session) {

    /** All are done. */
    BatchResult done(Effect effect) {
        var outcomes = new ArrayList<Outcome>();
        for (int i = 0; i < batch.mutations().size(); i++) {
            outcomes.add(done(batch.mutations().get(i), effect.ids().get(i), effect.created().contains(i)));
        }
        return new BatchResult(outcomes);
    }

    Outcome done(Mutation mutation, UUID id, boolean created) {
        JsonDocument record = batch.returnRecords() && !batch.trial() && !(mutation instanceof Mutation.Delete)
                ? pipeline.answer(mutation.object(), id, session).json()
                : null;
        return new Outcome.Done(id, created, record);
    }

    /** Some are refused, by their places, and the others undone. */
    BatchResult refused(Map<Integer, PlatformException> refusals) {
        var outcomes = new ArrayList<Outcome>();
        for (int i = 0; i < batch.mutations().size(); i++) {
            Mutation mutation = batch.mutations().get(i);
            PlatformException refusal = refusals.get(i);
            outcomes.add(refusal == null ? new Outcome.RolledBack(id(mutation)) : refused(mutation, refusal));
        }
        return new BatchResult(outcomes);
    }

    static Outcome refused(Mutation mutation, PlatformException refusal) {
        return new Outcome.Refused(id(mutation), refusal);
    }

    /** It was not tried. */
    static Outcome skipped(Mutation mutation) {
        return new Outcome.Skipped(id(mutation));
    }

    private static @Nullable UUID id(Mutation mutation) {
        return switch (mutation) {
            case Mutation.Create _ -> null;
            case Mutation.Update update -> update.id();
            case Mutation.Delete delete -> delete.id();
            case Mutation.Upsert upsert -> upsert.match() instanceof Mutation.Match.Id(UUID id) ? id : null;
        };
    }
}
