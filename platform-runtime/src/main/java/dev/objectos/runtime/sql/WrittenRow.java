package dev.objectos.runtime.sql;

import dev.objectos.runtime.query.JsonDocument;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a write says about one record.
 *
 * @param version afterwards (of a deleted record: its last); null where nothing was written
 * @param changed whether any value differs from before
 * @param changes the change document; null where nothing was written or nobody is told
 * @param storedVersion the version that a guarded update met, true at the moment of its lock; null where there is no record
 *        or the write was not guarded
 * @param record the record as the writer sees it afterwards; null where that was not asked for, or nothing is seen
 */
public record WrittenRow(UUID id, @Nullable Long version, boolean changed, @Nullable String changes,
        @Nullable Long storedVersion, @Nullable JsonDocument record) {

    /** Whether the record was there and is written. */
    public boolean written() {
        return version != null;
    }
}
