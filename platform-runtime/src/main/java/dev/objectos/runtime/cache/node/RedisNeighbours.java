package dev.objectos.runtime.cache.node;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.cache.CacheOptions;
import dev.objectos.runtime.database.GatheringSender;
import dev.objectos.runtime.redis.RedisScript;
import dev.objectos.runtime.redis.RedisServer;
import dev.objectos.runtime.redis.RedisSubscription;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.resps.ScanResult;

/**
 * Shares values with other nodes in Redis, and lets them forget through it. Where Redis does not answer, nodes load for
 * themselves, and what they were to forget is told once it does.
 */
final class RedisNeighbours implements Neighbours, RedisSubscription.Hearer {

    private static final Logger LOG = LoggerFactory.getLogger(RedisNeighbours.class);

    private static final String CHANNEL = "objectos:cache";
    private static final RedisScript FORGET = RedisScript.of(RedisNeighbours.class, "forget.lua");

    /** How many keys are looked at in one go; others wait meanwhile. */
    private static final int TOGETHER = 1_000;

    /** For how long nobody asks again after Redis has not answered. */
    private static final Duration REST = Duration.ofSeconds(1);

    private final String node = UUID.randomUUID().toString();
    private final RedisServer redis;
    private final MeterRegistry meters;
    private final RedisSubscription subscription;
    private final GatheringSender<Invalidation> untold = new GatheringSender<>("objectos-cache-redis", this::tellAgain,
            CacheNotices::caches);
    private Consumer<Invalidation> forget = _ -> {};
    private Runnable forgetEverything = () -> {};
    private volatile long rested = System.nanoTime();

    RedisNeighbours(RedisServer redis, MeterRegistry meters) {
        this.redis = redis;
        this.meters = meters;
        subscription = redis.subscribe(CHANNEL, "objectos-cache-listen", this);
    }

    @Override
    public void start(Consumer<Invalidation> toForget, Runnable toForgetEverything) {
        forget = toForget;
        forgetEverything = toForgetEverything;
        subscription.listen();
        untold.start();
    }

    @Override
    public <V> Shared<V> share(String plugin, String name, Class<V> type, CacheOptions<V> options) {
        return new RedisShared<>(this, plugin, name, type, options, meters);
    }

    /** Whether values may be taken from Redis: it answers, and knows all that this node wants forgotten. */
    boolean isUsable() {
        return !isResting() && untold.isIdle();
    }

    private boolean isResting() {
        return System.nanoTime() - rested < 0;
    }

    /** @return as Redis answers; null where it does not */
    @Nullable
    Object run(RedisScript script, List<byte[]> keys, List<byte[]> arguments) {
        try {
            return redis.run(script, keys, arguments);
        } catch (PlatformException e) {
            LOG.debug("Caches are not shared for the moment", e);
            rested = System.nanoTime() + REST.toNanos();
            return null;
        }
    }

    @Override
    public void tell(Invalidation invalidation) {
        if (isResting() || !told(invalidation)) {
            untold.say(invalidation);
        }
    }

    private boolean tellAgain(List<Invalidation> invalidations) {
        return invalidations.stream().allMatch(this::told);
    }

    private boolean told(Invalidation invalidation) {
        return run(FORGET, List.of(RedisServer.utf8(place(invalidation))),
                RedisServer.bytes(CHANNEL, invalidation.payload(node))) != null;
    }

    /** A key of another tenant's that has this one's id in it goes too; it is only a cache. */
    @Override
    public void erase(UUID tenant) {
        ScanParams all = new ScanParams().match(base("*") + "*:" + tenant + "*").count(TOGETHER);
        redis.call(client -> {
            String cursor = ScanParams.SCAN_POINTER_START;
            do {
                ScanResult<String> some = client.scan(cursor, all);
                if (!some.getResult().isEmpty()) {
                    client.unlink(some.getResult().toArray(String[]::new));
                }
                cursor = some.getCursor();
            } while (!cursor.equals(ScanParams.SCAN_POINTER_START));
            return cursor;
        });
    }

    private static String place(Invalidation invalidation) {
        UUID tenant = invalidation.tenant();
        String key = invalidation.key();
        if (tenant == null) {
            return generation(invalidation.cache());
        }
        return key == null ? generation(invalidation.cache(), tenant) : value(invalidation.cache(), tenant, key);
    }

    /** The braces keep a cache together where Redis spreads keys over servers. */
    private static String base(String cache) {
        return "objectos:cache:{" + cache + "}:";
    }

    static String generation(String cache) {
        return base(cache) + "generation";
    }

    static String generation(String cache, UUID tenant) {
        return base(cache) + "generation:" + tenant;
    }

    static String value(String cache, UUID tenant, String key) {
        return base(cache) + "value:" + tenant + ":" + key;
    }

    @Override
    public void listening() {
        forgetEverything.run();
    }

    @Override
    public void lost() {
        LOG.warn("Redis is not heard for the moment; the caches are cleared");
        forgetEverything.run();
    }

    @Override
    public void message(String message) {
        Invalidation invalidation = Invalidation.of(message, node);
        if (invalidation != null) {
            forget.accept(invalidation);
        }
    }

    /** What is yet to be told is told before. */
    @Override
    public void close() {
        subscription.close();
        untold.close();
    }
}
