package dev.objectos.runtime.cache;

/** The caches of one plugin, by name. */
public interface PluginCaches extends AutoCloseable {

    /** A cache with the sizes and times that are configured for all. */
    <V> Cache<V> open(String name, Class<V> type);

    /**
     * A cache of that name, on this node; on others it is their own, and an invalidation reaches all.
     *
     * @param name lower-case letters, digits, dots, dashes and underscores
     * @return the one that is open already where there is such
     * @throws IllegalArgumentException where that cannot be a name
     * @throws IllegalStateException where one of that name is open and has values of another type
     */
    <V> Cache<V> open(String name, Class<V> type, CacheOptions<V> options);

    /** Drops all caches with what they hold. They may be opened anew. */
    @Override
    void close();
}
