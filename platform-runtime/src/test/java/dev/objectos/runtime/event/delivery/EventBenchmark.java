package dev.objectos.runtime.event.delivery;

import dev.objectos.runtime.Eventually;
import dev.objectos.runtime.session.Session;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Measures the delivery of events; see {@code docs/benchmarks.md}, "Events". */
public final class EventBenchmark {

    private static final int EVENTS = 50_000;
    private static final int PACED = 2_000;

    private EventBenchmark() {}

    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) {
        for (int round = 0; round < 3; round++) {
            System.out.println(burst(EVENTS, EVENTS));
            System.out.println(burst(EVENTS, 100));
        }
        System.out.println(paced());
        System.exit(0);
    }

    /** All events at once: how many are delivered in a second. */
    private static String burst(int count, int records) {
        try (var events = new TestingEvents("event_benchmark")) {
            var handled = new AtomicInteger();
            var subscriber = new HandlerOf(_ -> handled.incrementAndGet());
            events.execute(
                    "insert into platform.outbox (tenant_id, object, record_id, action, payload, origin) select '"
                            + Session.DEFAULT_TENANT + "', 'tasks', lpad((n % " + records
                            + ")::text, 32, '0')::uuid, 'update', "
                            + "'{\"name\": {\"from\": \"a\", \"to\": \"b\"}}', 'rest' from generate_series(1, " + count
                            + ") n");
            long begun = System.nanoTime();
            events.node(TestingEvents.properties("backoff", "100ms", "patience", "250ms", "poll", "1s"), subscriber);
            Eventually.await(() -> handled.get() >= count && events.idle(), Duration.ofMinutes(5));
            double seconds = (System.nanoTime() - begun) / 1e9;
            return "%,d events of %,d records: %,.0f delivered/s".formatted(count, records, count / seconds);
        }
    }

    /** One commit after another with pauses between: how long after it the handler begins. */
    private static String paced() {
        try (var events = new TestingEvents("event_benchmark")) {
            List<Long> delays = new CopyOnWriteArrayList<>();
            var sent = new long[PACED + 1];
            var subscriber = new HandlerOf(number -> delays.add(System.nanoTime() - sent[number]));
            events.node(TestingEvents.properties("backoff", "100ms", "patience", "250ms", "poll", "1s"), subscriber);
            for (int number = 1; number <= PACED; number++) {
                LockSupport.parkNanos(Duration.ofMillis(3).toNanos());
                sent[number] = System.nanoTime();
                events.emit(number, 1, 1);
            }
            Eventually.await(() -> delays.size() == PACED && events.idle());
            long[] sorted = delays.stream().mapToLong(Long::longValue).sorted().toArray();
            return "paced, %d events: p50 %.1f ms, p99 %.1f ms, longest %.1f ms (from before the insert)".formatted(
                    PACED,
                    at(sorted, 0.5), at(sorted, 0.99), at(sorted, 1));
        }
    }

    private static double at(long[] sorted, double share) {
        return Arrays.stream(sorted).skip((long) Math.min(sorted.length - 1, share * sorted.length)).findFirst()
                .orElseThrow() / 1e6;
    }

    /** A subscriber that does next to nothing. */
    private record HandlerOf(
            java.util.function.IntConsumer handler) implements dev.objectos.runtime.spi.EventSubscriber {

        @Override
        public String name() {
            return "benchmark";
        }

        @Override
        public void handle(dev.objectos.runtime.event.RecordEvent event, Session session) {
            handler.accept(HeardEvents.number(event));
        }
    }
}
