package dev.objectos.auth.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts requests of this node: a bucket for each caller that fills evenly over a minute. Nodes do not tell each other, so that
 * several together serve as many times as much.
 */
public final class RequestLimits {

    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final int MAX_KNOWN = 200_000;

    private volatile LimitProperties properties;
    private final TimeMeter time;
    private final Cache<Caller, Meter> meters;

    public RequestLimits(LimitProperties properties, TimeMeter time) {
        this.properties = properties;
        this.time = time;
        // Whoever was silent for that long has a full bucket anyway.
        this.meters = Caffeine.newBuilder().maximumSize(MAX_KNOWN).ticker(time::currentTimeNanos)
                .expireAfterAccess(WINDOW).build();
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
        ADDRESS, USER, KEY, TENANT
    }

    /** @param id of that kind; a value with {@code equals} */
    record Caller(Kind kind, Object id) {}

    private record Meter(Bucket bucket, AtomicLong toldAt) {}

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
        Meter meter = meters.get(caller, _ -> new Meter(bucket(limit), new AtomicLong(Long.MIN_VALUE)));
        ConsumptionProbe probe = meter.bucket().tryConsumeAndReturnRemaining(1);
        long nanos = probe.isConsumed() ? probe.getNanosToWaitForReset() : probe.getNanosToWaitForRefill();
        return new Verdict(caller, probe.isConsumed(), limit, probe.getRemainingTokens(),
                TimeUnit.NANOSECONDS.toSeconds(nanos + TimeUnit.SECONDS.toNanos(1) - 1),
                !probe.isConsumed() && news(meter.toldAt()));
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
