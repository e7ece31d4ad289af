package dev.objectos.runtime.storage.keyvalue;

import dev.objectos.runtime.spi.StorageDriver.Content;
import dev.objectos.runtime.spi.StorageDriver.Entry;
import dev.objectos.runtime.spi.StorageDriver.Outcome;
import dev.objectos.runtime.spi.StorageDriver.Write;
import dev.objectos.runtime.storage.StorageNames;
import dev.objectos.runtime.storage.StorageQuota;
import dev.objectos.runtime.storage.StorageUsage;
import dev.objectos.runtime.storage.keyvalue.EntryChanges.Known;
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
        var changes = new EntryChanges(now, revisions::incrementAndGet);
        Outcome outcome = changes.of(writes, key -> known(of(namespace).get(key)), usage, quota);
        if (outcome instanceof Outcome.Done) {
            usage = usage.plus(changes.addedBytes(), changes.addedEntries());
            changes.entries().forEach((key, entry) -> {
                if (entry == null) {
                    of(namespace).remove(key);
                } else {
                    of(namespace).put(key, copy(entry));
                }
            });
        }
        return outcome;
    }

    private static @Nullable Known known(@Nullable Entry entry) {
        return entry == null
                ? null
                : new Known(EntryChanges.size(entry), entry.revision(), entry.content().expiresAt(),
                        EntryChanges.number(entry.content()));
    }

    synchronized int removeExpired(Instant now, int most) {
        int removed = 0;
        for (NavigableMap<String, Entry> entries : namespaces.values()) {
            var each = entries.values().iterator();
            while (each.hasNext() && removed < most) {
                Entry entry = each.next();
                if (alive(entry, now) == null) {
                    each.remove();
                    usage = usage.plus(-EntryChanges.size(entry), -1);
                    removed++;
                }
            }
        }
        return removed;
    }

    private static @Nullable Entry alive(@Nullable Entry entry, Instant now) {
        Instant expiresAt = entry == null ? null : entry.content().expiresAt();
        return expiresAt == null || expiresAt.isAfter(now) ? entry : null;
    }

    /** What a caller does with its bytes must not change what is kept. */
    private static Entry copy(Entry entry) {
        return new Entry(entry.key(), copy(entry.content()), entry.revision(), entry.updatedAt());
    }

    private static Content copy(Content content) {
        return new Content(content.bytes().clone(), content.contentType(), content.keyId(), content.expiresAt());
    }
}
