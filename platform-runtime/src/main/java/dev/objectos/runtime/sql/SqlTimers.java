package dev.objectos.runtime.sql;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** How long statements take, from the connection's loan to the last row: {@code objectos.sql} by object and kind. */
final class SqlTimers {

    /** Statements of a write may concern several objects. */
    private static final Key WRITE = new Key("any", "write");

    private final MeterRegistry meters;
    private final Map<Key, Timer> timers = new ConcurrentHashMap<>();

    SqlTimers(MeterRegistry meters) {
        this.meters = meters;
    }

    void read(PreparedQuery query, long nanoseconds) {
        record(new Key(query.object(), query.kind()), nanoseconds);
    }

    void write(long nanoseconds) {
        record(WRITE, nanoseconds);
    }

    private void record(Key key, long nanoseconds) {
        timers.computeIfAbsent(key, this::timer).record(nanoseconds, TimeUnit.NANOSECONDS);
        StatementMeter.account(nanoseconds);
    }

    private Timer timer(Key key) {
        return Timer.builder("objectos.sql").description("Statements of reads and writes").tag("object", key.object())
                .tag("kind", key.kind()).register(meters);
    }

    private record Key(String object, String kind) {}
}
