package dev.objectos.runtime.storage;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A value under its key.
 *
 * @param revision grows with each change and never comes again, also not after a deletion
 * @param expiresAt when it will be gone; null: never
 * @param updatedAt of the last change
 */
public record StoredEntry(String key, StoredValue value, long revision, @Nullable Instant expiresAt,
        Instant updatedAt) {}
