package dev.objectos.runtime.query;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An import in the background, and how far it is.
 *
 * @param total rows of the file
 * @param processed rows of which it is settled what became of them
 * @param error why it has failed; null: it has not
 * @param undo what undoing it has come to so far
 * @param revertedAt when it was undone; null: it was not
 */
public record ImportJob(UUID id, String object, Status status, boolean dryRun, ImportOrder.WriteMode writeMode,
        int total, int processed, int created, int updated, int skipped, int errors, @Nullable String error, Undo undo,
        Instant createdAt, @Nullable Instant startedAt, @Nullable Instant completedAt, @Nullable Instant revertedAt) {

    /** Where a job stands. */
    public enum Status {

        PENDING, RUNNING, SUCCEEDED, FAILED, CANCELLED;

        /** Whether nothing more happens by itself. */
        public boolean ended() {
            return this != PENDING && this != RUNNING;
        }
    }

    /**
     * What came of undoing.
     *
     * @param wanted whether anybody wants it
     * @param deleted records that it had made and that are gone
     * @param restored records that it had changed and that are as before
     * @param failed records that could not be put back, for instance because somebody has changed them since
     */
    public record Undo(boolean wanted, int deleted, int restored, int failed) {}

    /** Whether it may be undone. */
    public boolean undoable() {
        return status.ended() && !dryRun && !undo.wanted() && revertedAt == null && created + updated > 0;
    }
}
