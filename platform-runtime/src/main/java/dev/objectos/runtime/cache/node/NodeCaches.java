package dev.objectos.runtime.cache.node;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.objectos.runtime.cache.Cache;
import dev.objectos.runtime.cache.CacheOptions;
import dev.objectos.runtime.cache.Caches;
import dev.objectos.runtime.cache.PluginCaches;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The caches of this node. */
public final class NodeCaches implements Caches {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9._-]{0,63}");

    private final CacheProperties properties;
    private final MeterRegistry meters;
    private final Ticker ticker;
    private final Map<String, Owned> plugins = new ConcurrentHashMap<>();
    private final Map<String, NodeCache<?>> caches = new ConcurrentHashMap<>();
    private final @Nullable CacheNotices notices;

    /**
     * @param worker connections to tell other nodes
     * @param direct connections past any pool, to be told
     */
    public NodeCaches(CacheProperties properties, DataSource worker, DataSource direct, MeterRegistry meters) {
        this(properties, worker, direct, meters, Ticker.systemTicker());
    }

    NodeCaches(CacheProperties properties, DataSource worker, DataSource direct, MeterRegistry meters, Ticker ticker) {
        this.properties = properties;
        this.meters = meters;
        this.ticker = ticker;
        notices = properties.listen() ? new CacheNotices(worker, direct, this::forget, this::clear) : null;
    }

    public void start() {
        if (notices != null) {
            notices.start();
        }
    }

    public void stop() {
        if (notices != null) {
            notices.close();
        }
        plugins.values().forEach(Owned::close);
    }

    @Override
    public PluginCaches of(String plugin) {
        return plugins.computeIfAbsent(plugin, Owned::new);
    }

    private void tell(Invalidation invalidation) {
        if (notices != null) {
            notices.tell(invalidation);
        }
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
            var cache = new NodeCache<>(plugin, name, type, options, ticker, NodeCaches.this::tell);
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
