package dev.objectos.runtime.cache.node;

import dev.objectos.runtime.cache.CacheOptions;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The other nodes as the caches of this one know them. */
interface Neighbours extends AutoCloseable {

    /**
     * @param forget on this node alone
     * @param forgetEverything because something may have been missed
     */
    void start(Consumer<Invalidation> forget, Runnable forgetEverything);

    /** Lets all others forget, and what is shared with them; called before this node forgets. */
    void tell(Invalidation invalidation);

    /** What a cache shares with those of its name on other nodes; null: nothing. */
    default <V> @Nullable Shared<V> share(@SuppressWarnings("unused") String plugin,
            @SuppressWarnings("unused") String name, @SuppressWarnings("unused") Class<V> type,
            @SuppressWarnings("unused") CacheOptions<V> options) {
        return null;
    }

    /**
     * Removes everything of a tenant that is shared, also of caches that this node does not know.
     *
     * @throws dev.objectos.runtime.PlatformException {@code UNAVAILABLE} where it cannot be reached
     */
    default void erase(@SuppressWarnings("unused") UUID tenant) {}

    @Override
    void close();

    /** Values behind the cache of every node. */
    interface Shared<V> {

        /** The shared value, or a loaded one that is shared from now on unless it is invalidated meanwhile. */
        Optional<V> find(UUID tenant, String key, Supplier<Optional<V>> load);
    }

    /** There are none. */
    static Neighbours none() {
        return new Neighbours() {

            @Override
            public void start(Consumer<Invalidation> forget, Runnable forgetEverything) {}

            @Override
            public void tell(Invalidation invalidation) {}

            @Override
            public void close() {}
        };
    }
}
