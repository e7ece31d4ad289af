package dev.objectos.runtime.cache.node;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.objectos.runtime.cache.Cache;
import dev.objectos.runtime.cache.CacheOptions;
import dev.objectos.runtime.cache.CacheStatistics;
import dev.objectos.runtime.cache.Caches;
import dev.objectos.runtime.cache.PluginCaches;
import dev.objectos.runtime.redis.RedisServer;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import javax.sql.DataSource;

/** The caches of this node. */
public final class NodeCaches implements Caches {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9._-]{0,63}");

    private final CacheProperties properties;
    private final MeterRegistry meters;
    private final Ticker ticker;
    private final Map<String, Owned> plugins = new ConcurrentHashMap<>();
    /** By plugin and name; several where a plugin has several runs. */
    private final Map<String, Opened> caches = new ConcurrentHashMap<>();
    private final Neighbours neighbours;

    /**
     * Caches whose nodes tell each other over the database what to forget, where {@code listen} says so.
     *
     * @param worker connections to tell other nodes
     * @param direct connections past any pool, to be told
     */
    public static NodeCaches notified(CacheProperties properties, DataSource worker, DataSource direct,
            MeterRegistry meters) {
        return new NodeCaches(properties, properties.listen() ? new CacheNotices(worker, direct) : Neighbours.none(),
                meters, Ticker.systemTicker());
    }

    /** Caches that share their values through Redis, and are told through it what to forget. */
    public static NodeCaches shared(CacheProperties properties, RedisServer redis, MeterRegistry meters) {
        return new NodeCaches(properties, new RedisNeighbours(redis, meters), meters, Ticker.systemTicker());
    }

    private NodeCaches(CacheProperties properties, Neighbours neighbours, MeterRegistry meters, Ticker ticker) {
        this.properties = properties;
        this.meters = meters;
        this.ticker = ticker;
        this.neighbours = neighbours;
    }

    public void start() {
        neighbours.start(this::forget, this::clear);
    }

    public void stop() {
        neighbours.close();
        plugins.values().forEach(Owned::close);
    }

    @Override
    public PluginCaches of(String plugin) {
        return plugins.computeIfAbsent(plugin, Owned::new);
    }

    @Override
    public PluginCaches open(String plugin) {
        return new Owned(plugin);
    }

    @Override
    public void eraseTenant(UUID tenant) {
        // Before what is shared is erased, so that no load which is under way is shared afterwards.
        caches.keySet().forEach(cache -> tell(new Invalidation(cache, tenant, null)));
        neighbours.erase(tenant);
    }

    private void tell(Invalidation invalidation) {
        neighbours.tell(invalidation);
        forget(invalidation);
    }

    private void forget(Invalidation invalidation) {
        Opened opened = caches.get(invalidation.cache());
        if (opened != null) {
            opened.caches().forEach(cache -> cache.forget(invalidation));
        }
    }

    private void clear() {
        caches.values().forEach(opened -> opened.caches().forEach(NodeCache::clear));
    }

    private <V> NodeCache<V> cache(String plugin, String name, Class<V> type, CacheOptions<V> options) {
        Neighbours.Shared<V> values = neighbours.share(plugin, name, type, options);
        return new NodeCache<>(plugin, name, type, values == null ? options : options.lasting(half(options)), ticker,
                this::tell, values);
    }

    /** What is taken from the others is half its time old at most, and so lasts no longer than it may. */
    private static Duration half(CacheOptions<?> options) {
        return options.timeToLive().dividedBy(2);
    }

    private void add(String plugin, NodeCache<?> cache) {
        caches.compute(cache.id(), (_, there) -> {
            var all = new ArrayList<NodeCache<?>>(there == null ? List.of() : there.caches());
            all.add(cache);
            return there == null
                    ? new Opened(all, new CacheMeters(plugin, cache.name(), () -> statistics(cache.id()), meters))
                    : new Opened(all, there.meters());
        });
    }

    private void remove(NodeCache<?> cache) {
        caches.computeIfPresent(cache.id(), (_, there) -> {
            var left = new ArrayList<>(there.caches());
            left.remove(cache);
            if (left.isEmpty()) {
                there.meters().close();
                return null;
            }
            return new Opened(left, there.meters());
        });
    }

    /** Of the latest run's. */
    private CacheStatistics statistics(String id) {
        Opened opened = caches.get(id);
        return opened == null ? CacheStatistics.NONE : opened.caches().getLast().statistics();
    }

    /** The caches of one plugin, or of one run of it. */
    private final class Owned implements PluginCaches {

        private final String plugin;
        private final Map<String, NodeCache<?>> opened = new HashMap<>();

        Owned(String plugin) {
            this.plugin = plugin;
        }

        @Override
        public <V> Cache<V> open(String name, Class<V> type) {
            return open(name, type, properties.options());
        }

        @Override
        public synchronized <V> Cache<V> open(String name, Class<V> type, CacheOptions<V> options) {
            if (!NAME.matcher(name).matches()) {
                throw new IllegalArgumentException("\"" + name + "\" cannot be the name of a cache: write a lower-case "
                        + "letter, then lower-case letters, digits, dots, dashes or underscores");
            }
            NodeCache<?> there = opened.get(name);
            if (there != null) {
                return as(type, there);
            }
            NodeCache<V> cache = cache(plugin, name, type, options);
            opened.put(name, cache);
            add(plugin, cache);
            return cache;
        }

        @Override
        public synchronized void close() {
            opened.values().forEach(cache -> {
                remove(cache);
                cache.clear();
            });
            opened.clear();
        }
    }

    @SuppressWarnings("unchecked") // the type is compared
    private static <V> Cache<V> as(Class<V> type, NodeCache<?> cache) {
        if (!cache.type().equals(type)) {
            throw new IllegalStateException("The cache " + cache.id() + " has values of the type "
                    + cache.type().getName() + ", not " + type.getName());
        }
        return (Cache<V>) cache;
    }

    /** Those of one name that are in use; never empty. */
    private record Opened(List<NodeCache<?>> caches, CacheMeters meters) {}
}
