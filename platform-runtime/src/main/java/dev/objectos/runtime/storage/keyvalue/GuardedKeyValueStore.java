package dev.objectos.runtime.storage.keyvalue;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.spi.StorageDriver;
import dev.objectos.runtime.spi.StorageDriver.Outcome;
import dev.objectos.runtime.storage.GrantedAccess;
import dev.objectos.runtime.storage.KeyValueStore;
import dev.objectos.runtime.storage.Precondition;
import dev.objectos.runtime.storage.StorageAccess;
import dev.objectos.runtime.storage.StorageChange;
import dev.objectos.runtime.storage.StorageNames;
import dev.objectos.runtime.storage.StorageOperation;
import dev.objectos.runtime.storage.StorageResult;
import dev.objectos.runtime.storage.StoreAddress;
import dev.objectos.runtime.storage.StoredEntry;
import dev.objectos.runtime.storage.StoredPage;
import dev.objectos.runtime.storage.StoredValue;
import dev.objectos.runtime.storage.keyvalue.DriverKeyValueStores.StorageContext;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** One store as a plugin uses it: names, sizes, rights, interceptors and measurement before, the driver behind. */
final class GuardedKeyValueStore implements KeyValueStore {

    /** Expired entries that make room for a write, at most. */
    private static final int ROOM = 10_000;

    private final String plugin;
    private final StoreAddress address;
    private final StorageContext context;
    private final ContentForm form;

    GuardedKeyValueStore(String plugin, StoreAddress address, boolean encrypted, StorageContext context) {
        this.plugin = plugin;
        this.address = address;
        this.context = context;
        form = new ContentForm(address, encrypted, context);
    }

    @Override
    public StoreAddress address() {
        return address;
    }

    @Override
    public KeyValueStore encrypted() {
        return new GuardedKeyValueStore(plugin, address, true, context);
    }

    @Override
    public Optional<StoredEntry> get(String key) {
        return Optional.ofNullable(getAll(List.of(key)).get(key));
    }

    @Override
    public Map<String, StoredEntry> getAll(Collection<String> keys) {
        Set<String> wanted = new HashSet<>(keys);
        wanted.forEach(StorageNames::key);
        withinMaximum(wanted.size(), "keys");
        var found = new HashMap<String, StoredEntry>();
        read(StorageOperation.GET, List.copyOf(wanted),
                () -> context.driver().read(address, wanted, context.clock().instant()))
                .forEach(entry -> found.put(entry.key(), entry));
        return found;
    }

    @Override
    public StoredPage scan(String prefix, @Nullable String cursor, int limit) {
        StorageNames.prefix(prefix);
        if (cursor != null) {
            StorageNames.key(cursor);
        }
        if (limit < 1 || limit > MAXIMUM) {
            throw invalid("limit must be between 1 and " + MAXIMUM + ", and is " + limit);
        }
        List<StoredEntry> found = read(StorageOperation.SCAN, List.of(prefix),
                () -> context.driver().scan(address, prefix, cursor, limit + 1, context.clock().instant()));
        return found.size() > limit
                ? new StoredPage(found.subList(0, limit), found.get(limit - 1).key())
                : new StoredPage(found, null);
    }

    /** Read by the driver, in its order. */
    private List<StoredEntry> read(StorageOperation operation, List<String> keys, DriverRead read) {
        return context.meters().timed(address.owner(), operation, () -> {
            admit(GrantedAccess.READ);
            var access = new StorageAccess(plugin, address, operation, keys);
            context.interceptors().beforeRead(access);
            List<StoredEntry> entries = read.entries().stream().map(form::opened).toList();
            context.interceptors().afterRead(access, entries.size());
            return entries;
        });
    }

    /** What the driver is asked for. */
    private interface DriverRead {

        List<StorageDriver.Entry> entries();
    }

    @Override
    public long put(String key, StoredValue value, @Nullable Duration timeToLive) {
        return done(write(List.of(new StorageChange.Put(key, value, timeToLive, new Precondition.None()))))
                .revision();
    }

    @Override
    public OptionalLong putIfAbsent(String key, StoredValue value, @Nullable Duration timeToLive) {
        return revision(write(List.of(new StorageChange.Put(key, value, timeToLive, new Precondition.Absent()))));
    }

    @Override
    public OptionalLong compareAndSet(String key, long revision, StoredValue value, @Nullable Duration timeToLive) {
        return revision(
                write(List.of(new StorageChange.Put(key, value, timeToLive, new Precondition.Revision(revision)))));
    }

    @Override
    public boolean delete(String key) {
        return done(write(List.of(StorageChange.delete(key)))).existed();
    }

    @Override
    public boolean delete(String key, long revision) {
        return write(
                List.of(new StorageChange.Delete(key, new Precondition.Revision(revision)))) instanceof Outcome.Done;
    }

    @Override
    public long increment(String key, long by, @Nullable Duration timeToLive) {
        return batch(List.of(new StorageChange.Increment(key, by, timeToLive))).getFirst().number();
    }

    @Override
    public List<StorageResult> batch(List<StorageChange> changes) {
        return switch (write(changes)) {
            case Outcome.Done(var results) -> results;
            case Outcome.Refused(int change) -> throw conflict(changes.get(change).key(), change,
                    "it is not as the precondition demands");
            case Outcome.Uncountable(int change) -> throw uncountable(changes.get(change).key(), change);
            case Outcome.OverQuota() -> throw overQuota();
        };
    }

    /** Everything that all writes pass; quota and numbers that cannot be are refused here. */
    private Outcome write(List<StorageChange> changes) {
        withinMaximum(changes.size(), "changes");
        if (changes.isEmpty()) {
            return new Outcome.Done(List.of());
        }
        List<String> keys = changes.stream().map(StorageChange::key).toList();
        keys.forEach(StorageNames::key);
        if (new HashSet<>(keys).size() < keys.size()) {
            throw invalid("A batch changes each key once");
        }
        return context.meters().timed(address.owner(), StorageOperation.WRITE, () -> {
            admit(GrantedAccess.WRITE);
            var access = new StorageAccess(plugin, address, StorageOperation.WRITE, keys);
            context.interceptors().beforeWrite(access);
            Outcome outcome = inKeyOrder(changes);
            if (outcome instanceof Outcome.Done) {
                context.interceptors().afterWrite(access);
            } else if (outcome instanceof Outcome.OverQuota) {
                throw overQuota();
            }
            return outcome;
        });
    }

    /** Always locked in one order, so that no two batches wait for each other. */
    private Outcome inKeyOrder(List<StorageChange> changes) {
        int[] order = IntStream.range(0, changes.size()).boxed()
                .sorted(Comparator.comparing(index -> changes.get(index).key(), StorageNames.ORDER))
                .mapToInt(Integer::intValue).toArray();
        List<StorageDriver.Write> writes = Arrays.stream(order).mapToObj(index -> form.write(changes.get(index)))
                .toList();
        return switch (makingRoom(writes)) {
            case Outcome.Done(var results) -> {
                var inOrder = new StorageResult[order.length];
                for (int position = 0; position < order.length; position++) {
                    inOrder[order[position]] = results.get(position);
                }
                yield new Outcome.Done(List.of(inOrder));
            }
            case Outcome.Refused(int position) -> new Outcome.Refused(order[position]);
            case Outcome.Uncountable(int position) -> new Outcome.Uncountable(order[position]);
            case Outcome.OverQuota over -> over;
        };
    }

    /** What has expired counts until it is removed, and must not keep anybody from writing. */
    private Outcome makingRoom(List<StorageDriver.Write> writes) {
        StorageDriver driver = context.driver();
        var quota = context.quotas().apply(address.owner());
        Outcome outcome = driver.write(address, writes, quota, context.clock().instant());
        if (outcome instanceof Outcome.OverQuota
                && driver.removeExpired(address.owner(), address.tenant(), context.clock().instant(), ROOM) > 0) {
            return driver.write(address, writes, quota, context.clock().instant());
        }
        return outcome;
    }

    /** Asked each time, for what was given may be taken back. */
    private void admit(GrantedAccess wanted) {
        if (!plugin.equals(address.owner())
                && context.driver().grant(address.owner(), address.namespace(), plugin)
                        .filter(grant -> grant.access().includes(wanted)).isEmpty()) {
            throw new PlatformException(RuntimeError.PERMISSION_DENIED, plugin + " may not "
                    + (wanted == GrantedAccess.READ ? "read" : "write") + " the namespace " + address.namespace()
                    + " of " + address.owner() + "; its owner must share it");
        }
    }

    private StorageResult done(Outcome outcome) {
        if (outcome instanceof Outcome.Done(var results)) {
            return results.getFirst();
        }
        throw new IllegalStateException("a write without a precondition was answered with " + outcome);
    }

    private static OptionalLong revision(Outcome outcome) {
        return outcome instanceof Outcome.Done(var results)
                ? OptionalLong.of(results.getFirst().revision())
                : OptionalLong.empty();
    }

    private static void withinMaximum(int number, String what) {
        if (number > MAXIMUM) {
            throw invalid("At most " + MAXIMUM + " " + what + " at once, not " + number);
        }
    }

    private PlatformException overQuota() {
        var quota = context.quotas().apply(address.owner());
        context.meters().overQuota(address.owner());
        return new PlatformException(RuntimeError.QUOTA_EXCEEDED,
                address.owner() + " may keep " + quota.bytes() + " bytes in " + quota.entries()
                        + " entries in a tenant, and this would be more. Delete what is no longer needed, or raise "
                        + "objectos.storage.quotas." + address.owner());
    }

    private static PlatformException uncountable(String key, int change) {
        return conflict(key, change, "it is not a number, or would not fit into 64 bits");
    }

    private static PlatformException conflict(String key, int change, String why) {
        return new PlatformException(RuntimeError.STORAGE_CONFLICT, "The value of " + key + " was not changed: " + why)
                .with("key", key).with("change", change);
    }

    private static PlatformException invalid(String message) {
        return new PlatformException(RuntimeError.INVALID_REQUEST, message);
    }
}
