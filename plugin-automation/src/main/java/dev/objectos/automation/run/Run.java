package dev.objectos.automation.run;

import dev.objectos.runtime.event.ChangeAction;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One time that a trigger has run, or should have.
 *
 * @param record whose change has set it off
 * @param action what happened to the record
 * @param version of the record after that
 * @param actor who made the change; null: nobody
 * @param error what went wrong in the last try, for people; null: nothing
 * @param ended whether another try would not help
 * @param duration of all tries together
 * @param done positions of the actions that need not be done again
 * @param changes field → from, to
 * @param chain the triggers that led here, each with its record, outermost first
 */
public record Run(UUID id, UUID tenant, String trigger, String object, UUID record, ChangeAction action, long version,
        @Nullable UUID actor, Status status, @Nullable String error, boolean ended, int attempts, Duration duration,
        List<Integer> done, Map<String, @Nullable Object> changes, List<String> chain, Instant occurredAt,
        @Nullable Instant finishedAt) {

    /** How it stands. */
    public enum Status {
        /** Waits for its turn. */
        PENDING,
        /** Is at it, or was when its server ended. */
        RUNNING,
        /** Has done everything. */
        SUCCEEDED,
        /** Has not, at least for now. */
        FAILED
    }

    public Run {
        done = List.copyOf(done);
        chain = List.copyOf(chain);
    }
}
