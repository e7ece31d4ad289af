package dev.objectos.runtime.cache.node;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import com.github.benmanes.caffeine.cache.stats.CacheStats;
import dev.objectos.runtime.cache.Cache;
import dev.objectos.runtime.cache.CacheOptions;
import dev.objectos.runtime.cache.CacheStatistics;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * One cache on this node. It holds loads rather than values: one that is invalidated while it is under way is dropped with its
 * result, and whoever asks after that loads anew.
 */
final class NodeCache<V> implements Cache<V> {

    private final String plugin;
    private final String name;
    private final Class<V> type;
    private final boolean absence;
    private final AsyncCache<Place, Optional<V>> loads;
    private final Consumer<Invalidation> others;
    private final Neighbours.@Nullable Shared<V> shared;

    /** Where a value is; nobody finds another tenant's. */
    private record Place(UUID tenant, String key) {}

    /**
     * @param others tells caches of the same name, on other nodes and here
     * @param shared with the other nodes; null: nothing is
     */
    NodeCache(String plugin, String name, Class<V> type, CacheOptions<V> options, Ticker ticker,
            Consumer<Invalidation> others, Neighbours.@Nullable Shared<V> shared) {
        this.plugin = plugin;
        this.name = name;
        this.type = type;
        this.others = others;
        this.shared = shared;
        absence = options.absence();
        Executor here = Runnable::run;
        Caffeine<Object, Object> builder = Caffeine.newBuilder().expireAfterWrite(options.timeToLive()).ticker(ticker)
                .executor(here).recordStats();
        ToIntFunction<V> weigher = options.weigher();
        loads = weigher == null
                ? builder.maximumSize(options.maximum()).buildAsync()
                : builder.maximumWeight(options.maximum())
                        .<Place, Optional<V>>weigher((_, value) -> value.map(weigher::applyAsInt).orElse(1))
                        .buildAsync();
    }

    Class<V> type() {
        return type;
    }

    /** Plugin and name, as nodes tell each other. */
    String id() {
        return plugin + "/" + name;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Optional<V> peek(UUID tenant, String key) {
        CompletableFuture<Optional<V>> load = loads.getIfPresent(new Place(tenant, key));
        return load == null ? Optional.empty() : result(load);
    }

    @Override
    public V get(UUID tenant, String key, Supplier<? extends V> load) {
        return find(tenant, key, () -> Optional.of(load.get())).orElseGet(load);
    }

    @Override
    public Optional<V> find(UUID tenant, String key, Supplier<Optional<V>> load) {
        var place = new Place(tenant, key);
        CompletableFuture<Optional<V>> there = loads.getIfPresent(place);
        if (there != null) {
            return result(there);
        }
        var own = new Load<V>();
        there = loads.asMap().putIfAbsent(place, own);
        return there == null ? load(place, own, load) : result(there);
    }

    private Optional<V> load(Place place, Load<V> own, Supplier<Optional<V>> load) {
        try {
            Optional<V> value = shared == null ? load.get() : shared.find(place.tenant(), place.key(), load);
            own.complete(value);
            if (value.isEmpty() && !absence) {
                loads.asMap().remove(place, own);
            }
            return value;
        } catch (Throwable e) {
            own.fail(e);
            throw e;
        }
    }

    private static <V> Optional<V> result(CompletableFuture<Optional<V>> load) {
        @Nullable
        Optional<V> value = load.join();
        if (value != null) {
            return value;
        }
        switch (((Load<V>) load).failure) {
            case RuntimeException failure -> throw failure;
            case Error failure -> throw failure;
            case null, default -> throw new IllegalStateException("a load ended with neither value nor failure");
        }
    }

    /** A load under way. One that fails ends without a value, for the cache reports what ends with an exception itself. */
    private static final class Load<V> extends CompletableFuture<Optional<V>> {

        private @Nullable Throwable failure;

        @SuppressWarnings("NullAway") // null: nothing to keep
        void fail(Throwable cause) {
            failure = cause;
            complete(null);
        }
    }

    @Override
    public void put(UUID tenant, String key, V value) {
        loads.put(new Place(tenant, key), CompletableFuture.completedFuture(Optional.of(type.cast(value))));
    }

    @Override
    public void invalidate(UUID tenant, String key) {
        tell(new Invalidation(id(), tenant, key));
    }

    @Override
    public void invalidate(UUID tenant) {
        tell(new Invalidation(id(), tenant, null));
    }

    @Override
    public void invalidateAll() {
        tell(Invalidation.all(id()));
    }

    private void tell(Invalidation invalidation) {
        // First, so that nobody here takes from what is shared what is to be forgotten.
        others.accept(invalidation);
        // Also where this cache is closed.
        forget(invalidation);
    }

    /** On this node alone. */
    void forget(Invalidation invalidation) {
        UUID tenant = invalidation.tenant();
        String key = invalidation.key();
        if (tenant == null) {
            clear();
        } else if (key == null) {
            loads.asMap().keySet().removeIf(place -> place.tenant().equals(tenant));
        } else {
            loads.asMap().remove(new Place(tenant, key));
        }
    }

    /** On this node alone. */
    void clear() {
        loads.asMap().clear();
    }

    /** Evicts now what is to be evicted. */
    void cleanUp() {
        loads.synchronous().cleanUp();
    }

    @Override
    public CacheStatistics statistics() {
        CacheStats stats = loads.synchronous().stats();
        return new CacheStatistics(loads.synchronous().estimatedSize(), stats.hitCount(), stats.missCount(),
                stats.loadSuccessCount(), stats.loadFailureCount(), stats.evictionCount());
    }
}
