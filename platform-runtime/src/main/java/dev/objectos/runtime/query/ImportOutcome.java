package dev.objectos.runtime.query;

import dev.objectos.runtime.FieldError;
import dev.objectos.runtime.PlatformException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What became of a row.
 *
 * @param row its number
 * @param id of the record; null where there is none
 * @param code why it was not written, as refusals name it; null where nothing is wrong
 * @param error the same for people
 * @param fields what is wrong with single fields
 */
public record ImportOutcome(int row, Action action, @Nullable UUID id, @Nullable String code, @Nullable String error,
        List<FieldError> fields) {

    public ImportOutcome {
        fields = List.copyOf(fields);
    }

    /** What was done. */
    public enum Action {
        CREATED, UPDATED, SKIPPED, FAILED
    }

    /** A row that was written. */
    public static ImportOutcome written(int row, boolean created, @Nullable UUID id) {
        return new ImportOutcome(row, created ? Action.CREATED : Action.UPDATED, id, null, null, List.of());
    }

    /** A row with nothing to write. */
    public static ImportOutcome blank(int row) {
        return new ImportOutcome(row, Action.SKIPPED, null, null, null, List.of());
    }

    /** A row that was not written although nothing is wrong with it. */
    public static ImportOutcome skipped(int row, @Nullable UUID id, String code, String error) {
        return new ImportOutcome(row, Action.SKIPPED, id, code, error, List.of());
    }

    /** A row that was refused. */
    public static ImportOutcome failed(int row, @Nullable UUID id, PlatformException refusal) {
        return new ImportOutcome(row, Action.FAILED, id, refusal.code().name(), refusal.message(), refusal.fields());
    }

    /** Whether the row is as it was wanted. */
    public boolean ok() {
        return code == null;
    }
}
