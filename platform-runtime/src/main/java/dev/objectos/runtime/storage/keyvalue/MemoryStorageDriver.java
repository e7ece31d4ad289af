package dev.objectos.runtime.storage.keyvalue;

import dev.objectos.runtime.spi.StorageDriver;
import dev.objectos.runtime.storage.StorageGrant;
import dev.objectos.runtime.storage.StorageNames;
import dev.objectos.runtime.storage.StorageQuota;
import dev.objectos.runtime.storage.StorageUsage;
import dev.objectos.runtime.storage.StoreAddress;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Keeps entries in the memory of this process, for tests and for a single node that may forget. */
public final class MemoryStorageDriver implements StorageDriver {

    public static final String NAME = "memory";

    private final Map<OwnerTenant, MemoryEntries> parts = new ConcurrentHashMap<>();
    private final Map<GrantKey, StorageGrant> grants = new ConcurrentHashMap<>();
    private final AtomicLong revisions = new AtomicLong();

    /** What a quota is about. */
    private record OwnerTenant(String owner, UUID tenant) {}

    private record GrantKey(String owner, String namespace, String plugin) {}

    @Override
    public String name() {
        return NAME;
    }

    private MemoryEntries entries(String owner, UUID tenant) {
        return parts.computeIfAbsent(new OwnerTenant(owner, tenant), _ -> new MemoryEntries(revisions));
    }

    private MemoryEntries entries(StoreAddress store) {
        return entries(store.owner(), store.tenant());
    }

    @Override
    public List<Entry> read(StoreAddress store, Collection<String> keys, Instant now) {
        return entries(store).read(store.namespace(), keys, now);
    }

    @Override
    public List<Entry> scan(StoreAddress store, String prefix, @Nullable String after, int limit, Instant now) {
        return entries(store).scan(store.namespace(), prefix, after, limit, now);
    }

    @Override
    public Outcome write(StoreAddress store, List<Write> writes, StorageQuota quota, Instant now) {
        return entries(store).write(store.namespace(), writes, quota, now);
    }

    @Override
    public StorageUsage usage(String owner, UUID tenant) {
        return entries(owner, tenant).usage();
    }

    @Override
    public Map<String, StorageUsage> usages() {
        var usages = new HashMap<String, StorageUsage>();
        parts.forEach((part, entries) -> {
            StorageUsage usage = entries.usage();
            if (usage.entries() > 0) {
                usages.merge(part.owner(), usage, (left, right) -> left.plus(right.bytes(), right.entries()));
            }
        });
        return usages;
    }

    @Override
    public int removeExpired(Instant now, int most) {
        int removed = 0;
        for (MemoryEntries entries : parts.values()) {
            removed += entries.removeExpired(now, most - removed);
        }
        return removed;
    }

    @Override
    public int removeExpired(String owner, UUID tenant, Instant now, int most) {
        return entries(owner, tenant).removeExpired(now, most);
    }

    @Override
    public List<StorageGrant> grants(String owner) {
        return grants.values().stream().filter(grant -> grant.owner().equals(owner))
                .sorted(Comparator.comparing(StorageGrant::namespace, StorageNames.ORDER)
                        .thenComparing(StorageGrant::plugin, StorageNames.ORDER))
                .toList();
    }

    @Override
    public Optional<StorageGrant> grant(String owner, String namespace, String plugin) {
        return Optional.ofNullable(grants.get(new GrantKey(owner, namespace, plugin)));
    }

    @Override
    public void add(StorageGrant grant) {
        grants.put(new GrantKey(grant.owner(), grant.namespace(), grant.plugin()), grant);
    }

    @Override
    public void removeGrant(String owner, String namespace, String plugin) {
        grants.remove(new GrantKey(owner, namespace, plugin));
    }

    @Override
    public void erase(String owner) {
        parts.forEach((part, entries) -> {
            if (part.owner().equals(owner)) {
                entries.clear();
            }
        });
        grants.keySet().removeIf(key -> key.owner().equals(owner) || key.plugin().equals(owner));
    }

    @Override
    public void eraseTenant(UUID tenant) {
        parts.forEach((part, entries) -> {
            if (part.tenant().equals(tenant)) {
                entries.clear();
            }
        });
    }
}
