package dev.objectos.runtime.storage.keyvalue;

import static dev.objectos.runtime.redis.RedisServer.bytes;
import static dev.objectos.runtime.redis.RedisServer.utf8;
import static dev.objectos.runtime.storage.keyvalue.RedisReplies.list;
import static dev.objectos.runtime.storage.keyvalue.RedisReplies.micros;
import static dev.objectos.runtime.storage.keyvalue.RedisReplies.number;
import static dev.objectos.runtime.storage.keyvalue.RedisReplies.text;

import dev.objectos.runtime.redis.RedisScript;
import dev.objectos.runtime.redis.RedisServer;
import dev.objectos.runtime.spi.StorageDriver;
import dev.objectos.runtime.storage.GrantedAccess;
import dev.objectos.runtime.storage.Precondition;
import dev.objectos.runtime.storage.StorageGrant;
import dev.objectos.runtime.storage.StorageNames;
import dev.objectos.runtime.storage.StorageQuota;
import dev.objectos.runtime.storage.StorageUsage;
import dev.objectos.runtime.storage.StoreAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps entries in Redis, the same for all nodes; as durable as that Redis is. Every change is one script, and no key has a
 * time to live of Redis's own, for what expires must be taken off what its owner keeps.
 */
public final class RedisStorageDriver implements StorageDriver {

    public static final String NAME = "redis";

    private static final Logger LOG = LoggerFactory.getLogger(RedisStorageDriver.class);

    private static final RedisScript WRITE = script("write");
    private static final RedisScript READ = script("read");
    private static final RedisScript EXPIRE = script("expire");
    private static final RedisScript ERASE = script("erase");
    private static final RedisScript USAGES = script("usages");

    /** Entries that are erased in one step; others wait meanwhile. */
    private static final int ERASED = 1_000;

    /** Parts that are looked at together for what has expired. */
    private static final int DUE = 100;

    private final RedisServer redis;

    public RedisStorageDriver(RedisServer redis) {
        this.redis = redis;
    }

    private static RedisScript script(String name) {
        return RedisScript.of(RedisStorageDriver.class, name + ".lua");
    }

    /** Finds out whether Redis answers, and says where it may lose what it was given. */
    public void check() {
        redis.check();
        String state = redis.info("persistence") + redis.info("memory");
        if (!state.contains("aof_enabled:1")) {
            LOG.warn(
                    "Redis keeps the plugins' values without an append-only file: it loses the latest where it crashes. "
                            + "Set appendonly yes, and appendfsync always where none may be lost");
        }
        if (state.contains("maxmemory_policy:allkeys")) {
            LOG.warn("Redis drops the plugins' values where memory is short. Set maxmemory-policy noeviction");
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<Entry> read(StoreAddress store, Collection<String> keys, Instant now) {
        var arguments = new ArrayList<>(
                bytes(micros(now), RedisPart.of(store).entries(store.namespace()), "keys"));
        keys.forEach(key -> arguments.add(utf8(key)));
        return RedisReplies.entries(redis.run(READ, List.of(), arguments));
    }

    @Override
    public List<Entry> scan(StoreAddress store, String prefix, @Nullable String after, int limit, Instant now) {
        RedisPart part = RedisPart.of(store);
        boolean onwards = after != null && StorageNames.ORDER.compare(after, prefix) >= 0;
        String end = StorageNames.after(prefix);
        return RedisReplies.entries(redis.run(READ, bytes(part.indexes() + store.namespace()),
                bytes(micros(now), part.entries(store.namespace()), "scan", onwards ? "(" + after : "[" + prefix,
                        end == null ? "+" : "(" + end, String.valueOf(limit))));
    }

    @Override
    public Outcome write(StoreAddress store, List<Write> writes, StorageQuota quota, Instant now) {
        RedisPart part = RedisPart.of(store);
        var arguments = new ArrayList<>(bytes(micros(now), String.valueOf(quota.bytes()),
                String.valueOf(quota.entries()), store.namespace(), part.entries(store.namespace()), part.name()));
        writes.forEach(write -> add(write, arguments));
        return RedisReplies.outcome(redis.run(WRITE, bytes(part.usage(), part.revision(), part.expiry(),
                part.indexes() + store.namespace(), part.scratch(), part.namespaces(), RedisPart.PARTS,
                RedisPart.DUE), arguments));
    }

    private static void add(Write write, List<byte[]> arguments) {
        switch (write) {
            case Put(var key, var content, var precondition) -> {
                Long number = EntryChanges.number(content);
                String keyId = content.keyId();
                arguments.addAll(bytes("p", key, demand(precondition)));
                arguments.add(number == null ? content.bytes() : new byte[0]);
                arguments.addAll(bytes(content.contentType(), keyId == null ? "" : keyId, expiry(content.expiresAt()),
                        number == null ? "" : number.toString()));
            }
            case Delete(var key, var precondition) -> arguments.addAll(bytes("d", key, demand(precondition)));
            case Increment(var key, var by, var expiresAt) -> arguments.addAll(
                    bytes("i", key, "-", String.valueOf(by), expiry(expiresAt)));
        }
    }

    private static String demand(Precondition precondition) {
        return switch (precondition) {
            case Precondition.None() -> "-";
            case Precondition.Absent() -> "a";
            case Precondition.Revision(long revision) -> "r" + revision;
        };
    }

    private static String expiry(@Nullable Instant moment) {
        return moment == null ? "" : micros(moment);
    }

    @Override
    public StorageUsage usage(String owner, UUID tenant) {
        List<String> usage = redis.call(client -> client.hmget(new RedisPart(owner, tenant).usage(), "b", "e"));
        return new StorageUsage(parsed(usage.get(0)), parsed(usage.get(1)));
    }

    private static long parsed(@Nullable String number) {
        return number == null ? 0 : Long.parseLong(number);
    }

    @Override
    public Map<String, StorageUsage> usages() {
        var usages = new HashMap<String, StorageUsage>();
        for (Object each : list(redis.run(USAGES, bytes(RedisPart.PARTS), bytes(RedisPart.USAGES)))) {
            List<?> usage = list(each);
            if (number(usage.get(2)) > 0) {
                usages.merge(RedisPart.named(text(usage.get(0))).owner(),
                        new StorageUsage(number(usage.get(1)), number(usage.get(2))),
                        (left, right) -> left.plus(right.bytes(), right.entries()));
            }
        }
        return usages;
    }

    @Override
    public int removeExpired(Instant now, int most) {
        int removed = 0;
        List<String> due;
        do {
            due = redis.call(client -> client.zrangeByScore(RedisPart.DUE, "-inf", micros(now), 0, DUE));
            for (String part : due) {
                if (removed < most) {
                    removed += remove(RedisPart.named(part), now, most - removed);
                }
            }
        } while (!due.isEmpty() && removed < most);
        return removed;
    }

    @Override
    public int removeExpired(String owner, UUID tenant, Instant now, int most) {
        return remove(new RedisPart(owner, tenant), now, most);
    }

    private int remove(RedisPart part, Instant now, int most) {
        Object removed = redis.run(EXPIRE, bytes(part.usage(), part.expiry(), RedisPart.DUE),
                bytes(micros(now), String.valueOf(most), part.name(), part.entries(), part.indexes()));
        return Math.toIntExact((Long) Objects.requireNonNull(removed));
    }

    /** Owner, namespace and plugin, none of which can hold a line break. */
    private static String field(String owner, String namespace, String plugin) {
        return owner + "\n" + namespace + "\n" + plugin;
    }

    private List<StorageGrant> everyGrant() {
        Map<String, String> grants = redis.call(client -> client.hgetAll(RedisPart.GRANTS));
        return grants.entrySet().stream().map(grant -> {
            String[] parts = grant.getKey().split("\n", -1);
            return new StorageGrant(parts[0], parts[1], parts[2], GrantedAccess.valueOf(grant.getValue()));
        }).toList();
    }

    @Override
    public List<StorageGrant> grants(String owner) {
        return everyGrant().stream().filter(grant -> grant.owner().equals(owner))
                .sorted(Comparator.comparing(StorageGrant::namespace, StorageNames.ORDER)
                        .thenComparing(StorageGrant::plugin, StorageNames.ORDER))
                .toList();
    }

    @Override
    public Optional<StorageGrant> grant(String owner, String namespace, String plugin) {
        String access = redis.<@Nullable String>call(
                client -> client.hget(RedisPart.GRANTS, field(owner, namespace, plugin)));
        return Optional.ofNullable(access)
                .map(known -> new StorageGrant(owner, namespace, plugin, GrantedAccess.valueOf(known)));
    }

    @Override
    public void add(StorageGrant grant) {
        redis.call(client -> client.hset(RedisPart.GRANTS, field(grant.owner(), grant.namespace(), grant.plugin()),
                grant.access().name()));
    }

    @Override
    public void removeGrant(String owner, String namespace, String plugin) {
        redis.call(client -> client.hdel(RedisPart.GRANTS, field(owner, namespace, plugin)));
    }

    @Override
    public void erase(String owner) {
        erase(part -> part.owner().equals(owner));
        everyGrant().stream().filter(grant -> grant.owner().equals(owner) || grant.plugin().equals(owner))
                .forEach(grant -> removeGrant(grant.owner(), grant.namespace(), grant.plugin()));
    }

    @Override
    public void eraseTenant(UUID tenant) {
        erase(part -> part.tenant().equals(tenant));
    }

    private void erase(Predicate<RedisPart> which) {
        redis.call(client -> client.smembers(RedisPart.PARTS)).stream().map(RedisPart::named).filter(which)
                .forEach(this::erase);
    }

    private void erase(RedisPart part) {
        Object more;
        do {
            more = redis.run(ERASE, bytes(part.usage(), part.revision(), part.expiry(), part.namespaces(),
                    RedisPart.PARTS, RedisPart.DUE),
                    bytes(String.valueOf(ERASED), part.name(), part.entries(),
                            part.indexes()));
        } while (Objects.equals(more, 1L));
    }
}
