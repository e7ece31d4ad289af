package dev.objectos.runtime.storage;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One change of an entry. */
public sealed interface StorageChange {

    String key();

    /** @param timeToLive after which the entry is gone; null: never */
    record Put(String key, StoredValue value, @Nullable Duration timeToLive,
            Precondition precondition) implements StorageChange {}

    /** Deleting what is not there is no error. */
    record Delete(String key, Precondition precondition) implements StorageChange {}

    /** @param timeToLive of a number that is not there yet; one that is keeps its own */
    record Increment(String key, long by, @Nullable Duration timeToLive) implements StorageChange {}

    static StorageChange put(String key, StoredValue value) {
        return new Put(key, value, null, new Precondition.None());
    }

    static StorageChange delete(String key) {
        return new Delete(key, new Precondition.None());
    }
}
