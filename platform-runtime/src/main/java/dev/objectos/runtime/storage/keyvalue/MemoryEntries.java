package dev.objectos.runtime.storage.keyvalue;

import dev.objectos.runtime.spi.StorageDriver.Content;
import dev.objectos.runtime.spi.StorageDriver.Delete;
import dev.objectos.runtime.spi.StorageDriver.Entry;
import dev.objectos.runtime.spi.StorageDriver.Increment;
import dev.objectos.runtime.spi.StorageDriver.Outcome;
import dev.objectos.runtime.spi.StorageDriver.Put;
import dev.objectos.runtime.spi.StorageDriver.Write;
import dev.objectos.runtime.storage.Precondition;
import dev.objectos.runtime.storage.StorageNames;
import dev.objectos.runtime.storage.StorageQuota;
import dev.objectos.runtime.storage.StorageResult;
import dev.objectos.runtime.storage.StorageUsage;
import dev.objectos.runtime.storage.StoredValue;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** What one plugin keeps in one tenant, in memory; one at a time reads or writes. */
final class MemoryEntries {

    private final Map<String, NavigableMap<String, Entry>> namespaces = new HashMap<>();
    private final AtomicLong revisions;
    private StorageUsage usage = StorageUsage.NOTHING;

    MemoryEntries(AtomicLong revisions) {
        this.revisions = revisions;
    }

    private NavigableMap<String, Entry> of(String namespace) {
        return namespaces.computeIfAbsent(namespace, _ -> new TreeMap<>(StorageNames.ORDER));
    }

    synchronized StorageUsage usage() {
        return usage;
    }

    synchronized void clear() {
        namespaces.clear();
        usage = StorageUsage.NOTHING;
    }

    synchronized List<Entry> read(String namespace, Collection<String> keys, Instant now) {
        var found = new ArrayList<Entry>();
        for (String key : keys) {
            Entry entry = alive(of(namespace).get(key), now);
            if (entry != null) {
                found.add(copy(entry));
            }
        }
        return found;
    }

    synchronized List<Entry> scan(String namespace, String prefix, @Nullable String after, int limit, Instant now) {
        NavigableMap<String, Entry> rest = after == null || StorageNames.ORDER.compare(after, prefix) < 0
                ? of(namespace).tailMap(prefix, true)
                : of(namespace).tailMap(after, false);
        return rest.values().stream().takeWhile(entry -> entry.key().startsWith(prefix))
                .filter(entry -> alive(entry, now) != null).limit(limit).map(MemoryEntries::copy).toList();
    }

    synchronized Outcome write(String namespace, List<Write> writes, StorageQuota quota, Instant now) {
        var changed = new HashMap<String, @Nullable Entry>();
        var results = new ArrayList<StorageResult>();
        long bytes = 0;
        long entries = 0;
        for (int i = 0; i < writes.size(); i++) {
            Write write = writes.get(i);
            Entry stored = of(namespace).get(write.key());
            Entry before = alive(stored, now);
            Entry after = null;
            long number = 0;
            switch (write) {
                case Put(var key, var content, var precondition) -> {
                    if (!holds(precondition, before)) {
                        return new Outcome.Refused(i);
                    }
                    after = entry(key, copy(content), now);
                }
                case Delete(var _, var precondition) -> {
                    if (!holds(precondition, before)) {
                        return new Outcome.Refused(i);
                    }
                }
                case Increment(var key, var by, var expiresAt) -> {
                    try {
                        number = Math.addExact(before == null ? 0 : number(before.content()), by);
                    } catch (ArithmeticException _) {
                        return new Outcome.Uncountable(i);
                    }
                    after = entry(key, new Content(StoredValue.number(number).bytes(), StoredValue.NUMBER, null,
                            before == null ? expiresAt : before.content().expiresAt()), now);
                }
            }
            bytes += size(after) - size(stored);
            entries += (after == null ? 0 : 1) - (stored == null ? 0 : 1);
            changed.put(write.key(), after);
            results.add(new StorageResult(before != null, after == null ? 0 : after.revision(), number));
        }
        StorageUsage then = usage.plus(bytes, entries);
        if (!quota.admits(then, bytes, entries)) {
            return new Outcome.OverQuota();
        }
        usage = then;
        changed.forEach((key, entry) -> {
            if (entry == null) {
                of(namespace).remove(key);
            } else {
                of(namespace).put(key, entry);
            }
        });
        return new Outcome.Done(results);
    }

    synchronized int removeExpired(Instant now, int most) {
        int removed = 0;
        for (NavigableMap<String, Entry> entries : namespaces.values()) {
            var each = entries.values().iterator();
            while (each.hasNext() && removed < most) {
                Entry entry = each.next();
                if (alive(entry, now) == null) {
                    each.remove();
                    usage = usage.plus(-size(entry), -1);
                    removed++;
                }
            }
        }
        return removed;
    }

    private static boolean holds(Precondition precondition, @Nullable Entry before) {
        return switch (precondition) {
            case Precondition.None() -> true;
            case Precondition.Absent() -> before == null;
            case Precondition.Revision(long revision) -> before != null && before.revision() == revision;
        };
    }

    /** @throws ArithmeticException where it is none */
    private static long number(Content content) {
        if (content.keyId() != null || !content.contentType().equals(StoredValue.NUMBER)) {
            throw new ArithmeticException("not a number");
        }
        return ByteBuffer.wrap(content.bytes()).getLong();
    }

    private Entry entry(String key, Content content, Instant now) {
        return new Entry(key, content, revisions.incrementAndGet(), now);
    }

    private static @Nullable Entry alive(@Nullable Entry entry, Instant now) {
        Instant expiresAt = entry == null ? null : entry.content().expiresAt();
        return expiresAt == null || expiresAt.isAfter(now) ? entry : null;
    }

    private static long size(@Nullable Entry entry) {
        return entry == null ? 0 : entry.key().getBytes(StandardCharsets.UTF_8).length + entry.content().bytes().length;
    }

    /** What a caller does with its bytes must not change what is kept. */
    private static Entry copy(Entry entry) {
        return new Entry(entry.key(), copy(entry.content()), entry.revision(), entry.updatedAt());
    }

    private static Content copy(Content content) {
        return new Content(content.bytes().clone(), content.contentType(), content.keyId(), content.expiresAt());
    }
}
