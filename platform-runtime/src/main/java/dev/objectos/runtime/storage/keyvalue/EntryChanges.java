package dev.objectos.runtime.storage.keyvalue;

import dev.objectos.runtime.spi.StorageDriver.Content;
import dev.objectos.runtime.spi.StorageDriver.Delete;
import dev.objectos.runtime.spi.StorageDriver.Entry;
import dev.objectos.runtime.spi.StorageDriver.Increment;
import dev.objectos.runtime.spi.StorageDriver.Outcome;
import dev.objectos.runtime.spi.StorageDriver.Put;
import dev.objectos.runtime.spi.StorageDriver.Write;
import dev.objectos.runtime.storage.Precondition;
import dev.objectos.runtime.storage.StorageQuota;
import dev.objectos.runtime.storage.StorageResult;
import dev.objectos.runtime.storage.StorageUsage;
import dev.objectos.runtime.storage.StoredValue;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** What changes of entries lead to, all or none; for drivers that let one write at a time. */
final class EntryChanges {

    private final Instant now;
    private final LongSupplier revisions;
    private final Map<String, @Nullable Entry> entries = new LinkedHashMap<>();
    private final List<StorageResult> results = new ArrayList<>();
    private long addedBytes;
    private long addedEntries;

    /**
     * What must be known of an entry to change it, expired or not.
     *
     * @param size of key and value
     * @param number null: the value cannot be counted
     */
    record Known(long size, long revision, @Nullable Instant expiresAt, @Nullable Long number) {

        private boolean isAlive(Instant now) {
            return expiresAt == null || expiresAt.isAfter(now);
        }
    }

    EntryChanges(Instant now, LongSupplier revisions) {
        this.now = now;
        this.revisions = revisions;
    }

    /**
     * Works out all changes; called once.
     *
     * @param known what is stored under a key
     * @param usage before
     */
    Outcome of(List<Write> writes, Function<String, @Nullable Known> known, StorageUsage usage, StorageQuota quota) {
        for (int i = 0; i < writes.size(); i++) {
            Write write = writes.get(i);
            Known stored = known.apply(write.key());
            Known before = stored == null || !stored.isAlive(now) ? null : stored;
            Entry after = null;
            long number = 0;
            switch (write) {
                case Put(var key, var content, var precondition) -> {
                    if (!holds(precondition, before)) {
                        return new Outcome.Refused(i);
                    }
                    after = entry(key, content);
                }
                case Delete(var _, var precondition) -> {
                    if (!holds(precondition, before)) {
                        return new Outcome.Refused(i);
                    }
                }
                case Increment(var key, var by, var expiresAt) -> {
                    Long sum = sum(before, by);
                    if (sum == null) {
                        return new Outcome.Uncountable(i);
                    }
                    number = sum;
                    after = entry(key, new Content(StoredValue.number(sum).bytes(), StoredValue.NUMBER, null,
                            before == null ? expiresAt : before.expiresAt()));
                }
            }
            addedBytes += (after == null ? 0 : size(after)) - (stored == null ? 0 : stored.size());
            addedEntries += (after == null ? 0 : 1) - (stored == null ? 0 : 1);
            entries.put(write.key(), after);
            results.add(new StorageResult(before != null, after == null ? 0 : after.revision(), number));
        }
        return quota.admits(usage.plus(addedBytes, addedEntries), addedBytes, addedEntries)
                ? new Outcome.Done(results)
                : new Outcome.OverQuota();
    }

    /** What is there afterwards by key; null: nothing. */
    Map<String, @Nullable Entry> entries() {
        return entries;
    }

    long addedBytes() {
        return addedBytes;
    }

    long addedEntries() {
        return addedEntries;
    }

    private static boolean holds(Precondition precondition, @Nullable Known before) {
        return switch (precondition) {
            case Precondition.None() -> true;
            case Precondition.Absent() -> before == null;
            case Precondition.Revision(long revision) -> before != null && before.revision() == revision;
        };
    }

    private static @Nullable Long sum(@Nullable Known before, long by) {
        if (before == null) {
            return by;
        }
        Long number = before.number();
        try {
            return number == null ? null : Math.addExact(number, by);
        } catch (ArithmeticException _) {
            return null;
        }
    }

    private Entry entry(String key, Content content) {
        return new Entry(key, content, revisions.getAsLong(), now);
    }

    static long size(Entry entry) {
        return (long) entry.key().getBytes(StandardCharsets.UTF_8).length + entry.content().bytes().length;
    }

    /** The number that a content is; null where it is none, or none that can be seen. */
    static @Nullable Long number(Content content) {
        return content.keyId() == null && content.contentType().equals(StoredValue.NUMBER)
                ? (Long) ByteBuffer.wrap(content.bytes()).getLong()
                : null;
    }
}
