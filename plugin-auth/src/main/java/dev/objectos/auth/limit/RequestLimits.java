package dev.objectos.auth.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts requests: a bucket for each caller that fills evenly over a minute. It is this node's own, so that counting costs nothing;
 * what other nodes have served is taken from it a moment later ({@link CountExchange}).
 */
public final class RequestLimits {

    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final int MAX_KNOWN = 200_000;

    /** Of a limit: who has used no more since others were told is not worth telling of. */
    private static final int SHARE = 100;

    private volatile LimitProperties properties;
    private final TimeMeter time;
    private final Cache<Caller, Meter> meters;

    public RequestLimits(LimitProperties properties, TimeMeter time) {
        this.properties = properties;
        this.time = time;
        // Whoever was silent for that long has a full bucket anyway, even if other nodes had emptied it twice.
        this.meters = Caffeine.newBuilder().maximumSize(MAX_KNOWN).ticker(time::currentTimeNanos)
                .expireAfterAccess(WINDOW.multipliedBy(2)).build();
    }

    /** Counts by other limits from now on, and everybody from the beginning. */
    public void limit(LimitProperties changed) {
        if (!changed.equals(properties)) {
            properties = changed;
            meters.invalidateAll();
        }
    }

    /** What requests are counted by. */
    enum Kind {

        ADDRESS, USER, KEY, TENANT;

        /** Empty for a kind of which a newer node tells. */
        static Optional<Kind> named(String name) {
            return Arrays.stream(values()).filter(kind -> kind.name().equals(name)).findFirst();
        }
    }

    /** @param id of that kind, the same on all nodes */
    record Caller(Kind kind, String id) {}

    /**
     * A caller's account.
     *
     * @param newsAt when it was last told that requests are refused
     * @param untold requests that were served here and that other nodes do not know of
     */
    private record Meter(Bucket bucket, AtomicLong newsAt, AtomicLong untold) {

        Meter(Bucket bucket) {
            this(bucket, new AtomicLong(Long.MIN_VALUE), new AtomicLong());
        }
    }

    /**
     * What came of counting a request.
     *
     * @param remaining how many more would be served now
     * @param seconds until one is served again where this one is not; else until all are
     * @param news whether it is refused and that was not so in the minute before
     */
    record Verdict(Caller caller, boolean admitted, int limit, long remaining, long seconds, boolean news) {}

    /** Counts a request. */
    Verdict count(Caller caller) {
        int limit = limit(caller.kind());
        Meter meter = meter(caller);
        ConsumptionProbe probe = meter.bucket().tryConsumeAndReturnRemaining(1);
        if (probe.isConsumed()) {
            meter.untold().incrementAndGet();
        }
        long nanos = probe.isConsumed() ? probe.getNanosToWaitForReset() : probe.getNanosToWaitForRefill();
        return new Verdict(caller, probe.isConsumed(), limit, Math.max(0, probe.getRemainingTokens()),
                TimeUnit.NANOSECONDS.toSeconds(nanos + TimeUnit.SECONDS.toNanos(1) - 1),
                !probe.isConsumed() && news(meter.newsAt()));
    }

    private Meter meter(Caller caller) {
        return meters.get(caller, known -> new Meter(bucket(limit(known.kind()))));
    }

    /** What has been served here to callers who matter, and that has not been told to other nodes; it is taken for told. */
    Map<Caller, Long> untold() {
        var untold = new HashMap<Caller, Long>();
        meters.asMap().forEach((caller, meter) -> {
            if (meter.untold().get() * SHARE >= limit(caller.kind())) {
                untold.put(caller, meter.untold().getAndSet(0));
            }
        });
        return untold;
    }

    /** It could not be told after all. */
    void notTold(Map<Caller, Long> untold) {
        untold.forEach((caller, requests) -> meter(caller).untold().addAndGet(requests));
    }

    /** Another node has served the caller: that much is not left here. Nobody has to wait for more than a minute for it. */
    void servedElsewhere(Caller caller, long requests) {
        Bucket bucket = meter(caller).bucket();
        long owed = Math.min(requests, bucket.getAvailableTokens() + limit(caller.kind()));
        if (owed > 0) {
            bucket.consumeIgnoringRateLimits(owed);
        }
    }

    private boolean news(AtomicLong toldAt) {
        long now = time.currentTimeNanos();
        long last = toldAt.get();
        return (last == Long.MIN_VALUE || now - last >= WINDOW.toNanos()) && toldAt.compareAndSet(last, now);
    }

    private Bucket bucket(int limit) {
        return Bucket.builder().withCustomTimePrecision(time)
                .addLimit(Bandwidth.builder().capacity(limit).refillGreedy(limit, WINDOW).build()).build();
    }

    private int limit(Kind kind) {
        return switch (kind) {
            case ADDRESS -> properties.address();
            case USER -> properties.user();
            case KEY -> properties.key();
            case TENANT -> properties.tenant();
        };
    }
}
