package dev.objectos.runtime.storage;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Values under keys, in one namespace of one tenant. Every change is made when the call returns, as durably as the driver
 * keeps things (in the database: on the disk), and outside of any transaction of the caller. Keys have at most 512 bytes in
 * UTF-8. An expired entry is gone for everybody at once.
 *
 * <p>Refusals are {@link dev.objectos.runtime.PlatformException}s: {@code INVALID_REQUEST} for a key that cannot be one,
 * {@code PAYLOAD_TOO_LARGE} for a value, {@code QUOTA_EXCEEDED} where the owner may keep no more, {@code PERMISSION_DENIED}
 * where the namespace is not shared.
 */
public interface KeyValueStore {

    /** Entries of a page, and changes of a batch, at most. */
    int MAXIMUM = 1_000;

    StoreAddress address();

    /**
     * The same store, whose values are encrypted before they leave the process. Keys are not, and numbers cannot be counted
     * up. What is read is decrypted with either of the two.
     */
    KeyValueStore encrypted();

    Optional<StoredEntry> get(String key);

    /** What there is of these keys, at most {@link #MAXIMUM}. */
    Map<String, StoredEntry> getAll(Collection<String> keys);

    /** @return the new revision */
    default long put(String key, StoredValue value) {
        return put(key, value, null);
    }

    /**
     * @param timeToLive after which the entry is gone; null: never
     * @return the new revision
     */
    long put(String key, StoredValue value, @Nullable Duration timeToLive);

    default OptionalLong putIfAbsent(String key, StoredValue value) {
        return putIfAbsent(key, value, null);
    }

    /** @return the new revision; empty, and nothing is changed, where there is an entry */
    OptionalLong putIfAbsent(String key, StoredValue value, @Nullable Duration timeToLive);

    default OptionalLong compareAndSet(String key, long revision, StoredValue value) {
        return compareAndSet(key, revision, value, null);
    }

    /** @return the new revision; empty, and nothing is changed, where the entry is no longer the one of that revision */
    OptionalLong compareAndSet(String key, long revision, StoredValue value, @Nullable Duration timeToLive);

    /** @return whether there was an entry */
    boolean delete(String key);

    /** @return whether it was done; false where the entry is no longer the one of that revision */
    boolean delete(String key, long revision);

    default long increment(String key, long by) {
        return increment(key, by, null);
    }

    /**
     * Counts a number up or down, from zero where there is none; however many do so at once.
     *
     * @param timeToLive of a number that is not there yet; one that is keeps its own
     * @return the number after it
     * @throws dev.objectos.runtime.PlatformException {@code STORAGE_CONFLICT} where the value is not a number, or the sum
     *         does not fit
     */
    long increment(String key, long by, @Nullable Duration timeToLive);

    /**
     * Entries whose keys begin so, in the order of the code points of their keys.
     *
     * @param prefix empty: all
     * @param cursor of the page before; null: from the beginning
     * @param limit 1 to {@link #MAXIMUM}
     */
    StoredPage scan(String prefix, @Nullable String cursor, int limit);

    /**
     * Makes all changes or none, at once; each of another key.
     *
     * @return what became of each, in the order of the changes
     * @throws dev.objectos.runtime.PlatformException {@code STORAGE_CONFLICT} with the members {@code key} and
     *         {@code change} (its index) where a precondition does not hold
     */
    List<StorageResult> batch(List<StorageChange> changes);
}
