package dev.objectos.runtime.spi;

import dev.objectos.runtime.storage.Precondition;
import dev.objectos.runtime.storage.StorageGrant;
import dev.objectos.runtime.storage.StorageQuota;
import dev.objectos.runtime.storage.StorageResult;
import dev.objectos.runtime.storage.StorageUsage;
import dev.objectos.runtime.storage.StoreAddress;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where entries are kept. A bean of this type is used where {@code objectos.storage.driver} is its name. Names, sizes, rights
 * and encryption are taken care of before; whatever is called with a moment treats what expires by then as absent.
 */
public interface StorageDriver {

    String name();

    /**
     * Content as it is kept.
     *
     * @param keyId of the key that the bytes are encrypted with; null: they are not
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    record Content(byte[] bytes, String contentType, @Nullable String keyId, @Nullable Instant expiresAt) {}

    record Entry(String key, Content content, long revision, Instant updatedAt) {}

    /** One change to make. */
    sealed interface Write {

        String key();
    }

    record Put(String key, Content content, Precondition precondition) implements Write {}

    record Delete(String key, Precondition precondition) implements Write {}

    /** @param expiresAt of a number that is not there yet */
    record Increment(String key, long by, @Nullable Instant expiresAt) implements Write {}

    /** What became of changes that are made all or none. */
    sealed interface Outcome {

        /** All were made. */
        record Done(List<StorageResult> results) implements Outcome {}

        /** None was, for the precondition of that one does not hold. */
        record Refused(int change) implements Outcome {}

        /** None was, for that one counts something that is not a number, or leads to one that does not fit. */
        record Uncountable(int change) implements Outcome {}

        /** None was, for the owner would keep too much. */
        record OverQuota() implements Outcome {}
    }

    /** What there is of these keys, in any order. */
    List<Entry> read(StoreAddress store, Collection<String> keys, Instant now);

    /** The first entries in the order of {@code StorageNames.ORDER} that begin so and come after a key. */
    List<Entry> scan(StoreAddress store, String prefix, @Nullable String after, int limit, Instant now);

    /**
     * Makes all changes or none, atomically, and counts what the owner keeps in the tenant in the same step.
     *
     * @param writes of different keys, in the order of {@code StorageNames.ORDER}
     */
    Outcome write(StoreAddress store, List<Write> writes, StorageQuota quota, Instant now);

    /** What a plugin keeps in a tenant. */
    StorageUsage usage(String owner, UUID tenant);

    /** What each plugin that keeps something keeps in all tenants together. */
    Map<String, StorageUsage> usages();

    /** Removes what has expired, over all tenants. @return how many entries, at most that many */
    int removeExpired(Instant now, int most);

    /** The same of one plugin in one tenant. */
    int removeExpired(String owner, UUID tenant, Instant now, int most);

    /** What a plugin shares. */
    List<StorageGrant> grants(String owner);

    /** The grant of that namespace to that plugin, where there is one. */
    Optional<StorageGrant> grant(String owner, String namespace, String plugin);

    /** Adds a grant, or replaces what that plugin had of that namespace. */
    void add(StorageGrant grant);

    void removeGrant(String owner, String namespace, String plugin);

    /** Removes everything that a plugin keeps, shares and was given. */
    void erase(String owner);

    /** Removes everything that all plugins keep in a tenant. */
    void eraseTenant(UUID tenant);
}
