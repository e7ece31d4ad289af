package dev.objectos.runtime.cache;

import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Values by tenant and key, on this node, for a while. Values are shared between callers, so they must not change.
 *
 * <p>Invalidate after the change is committed: whoever loads afterwards sees it. A load that is under way then is answered to
 * those who wait for it, and not kept. Other nodes hear of an invalidation a moment later (some 50 ms); a node that cannot
 * hear the others clears its caches.
 */
public interface Cache<V> {

    String name();

    /** What is there; never loads, but waits for a load that is under way. */
    Optional<V> peek(UUID tenant, String key);

    /**
     * The value, which is loaded where it is not there; once for all who ask meanwhile. What a load throws, all of them get,
     * and nothing is kept. A load must not ask for its own key.
     */
    V get(UUID tenant, String key, Supplier<? extends V> load);

    /** The same for what there may not be; its absence is kept only where the options say so. */
    Optional<V> find(UUID tenant, String key, Supplier<Optional<V>> load);

    /** Puts a value on this node; others keep theirs. */
    void put(UUID tenant, String key, V value);

    /** Forgets a value on all nodes. */
    void invalidate(UUID tenant, String key);

    /** Forgets everything of a tenant on all nodes. */
    void invalidate(UUID tenant);

    /** Forgets everything on all nodes. */
    void invalidateAll();

    CacheStatistics statistics();
}
