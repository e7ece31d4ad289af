package dev.objectos.runtime.cache.node;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.objectos.runtime.cache.Cache;
import dev.objectos.runtime.cache.CacheOptions;
import dev.objectos.runtime.cache.Caches;
import dev.objectos.runtime.cache.PluginCaches;
import dev.objectos.runtime.redis.RedisServer;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
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
    private final Map<String, NodeCache<?>> caches = new ConcurrentHashMap<>();
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

    private void forget(Invalidation invalidation) {
        NodeCache<?> cache = caches.get(invalidation.cache());
        if (cache != null) {
            cache.forget(invalidation);
        }
    }

    private void clear() {
        caches.values().forEach(NodeCache::clear);
    }

    private <V> NodeCache<V> cache(String plugin, String name, Class<V> type, CacheOptions<V> options) {
        Neighbours.Shared<V> values = neighbours.share(plugin, name, type, options);
        return new NodeCache<>(plugin, name, type, values == null ? options : options.lasting(half(options)), ticker,
                neighbours::tell, values);
    }

    /** What is taken from the others is half its time old at most, and so lasts no longer than it may. */
    private static Duration half(CacheOptions<?> options) {
        return options.timeToLive().dividedBy(2);
    }

    /** The caches of one plugin. */
    private final class Owned implements PluginCaches {

        private final String plugin;
        private final Map<String, Opened<?>> opened = new HashMap<>();

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
            Opened<?> there = opened.get(name);
            if (there != null) {
                return there.as(type);
            }
            NodeCache<V> cache = cache(plugin, name, type, options);
            opened.put(name, new Opened<>(cache, new CacheMeters(plugin, cache, meters)));
            caches.put(cache.id(), cache);
            return cache;
        }

        @Override
        public synchronized void close() {
            opened.values().forEach(each -> {
                caches.remove(each.cache().id());
                each.cache().clear();
                each.meters().close();
            });
            opened.clear();
        }
    }

    /** A cache that is in use. */
    private record Opened<T>(NodeCache<T> cache, CacheMeters meters) {

        @SuppressWarnings("unchecked") // the type is compared
        <V> Cache<V> as(Class<V> type) {
            if (!cache.type().equals(type)) {
                throw new IllegalStateException("The cache " + cache.id() + " has values of the type "
                        + cache.type().getName() + ", not " + type.getName());
            }
            return (Cache<V>) cache;
        }
    }
}
