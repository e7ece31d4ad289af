package dev.objectos.runtime.query;

import dev.objectos.runtime.PlatformException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What became of each change of a batch, in order. */
public record BatchResult(List<Outcome> outcomes) {

    public BatchResult {
        outcomes = List.copyOf(outcomes);
    }

    public long succeeded() {
        return outcomes.stream().filter(outcome -> outcome instanceof Outcome.Done).count();
    }

    /** What became of one change. */
    public sealed interface Outcome {

        /**
         * It happened.
         *
         * @param record as it is afterwards; null where it was not asked for or is gone
         * @param created whether an upsert made a new record
         */
        record Done(UUID id, boolean created, @Nullable JsonDocument record) implements Outcome {}

        /** It was refused. */
        record Refused(@Nullable UUID id, PlatformException reason) implements Outcome {}

        /** It would have happened, but another change of the atomic batch was refused. */
        record RolledBack(@Nullable UUID id) implements Outcome {}

        /** It was not tried, because one before it was refused. */
        record Skipped(@Nullable UUID id) implements Outcome {}
    }
}
