package dev.objectos.runtime.storage.keyvalue;

import dev.objectos.runtime.coordination.Message;
import dev.objectos.runtime.coordination.MessageQueue;
import dev.objectos.runtime.coordination.MessageSender;
import dev.objectos.runtime.coordination.cluster.ClusterCoordination;
import dev.objectos.runtime.coordination.cluster.CoordinationProperties;
import dev.objectos.runtime.database.Databases;
import dev.objectos.runtime.database.TestingDatabase;
import dev.objectos.runtime.redis.TestingRedis;
import dev.objectos.runtime.spi.StorageDriver;
import dev.objectos.runtime.storage.KeyValueStore;
import dev.objectos.runtime.storage.StoredValue;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.springframework.util.unit.DataSize;

/**
 * Measures the key-value drivers and the queues; see {@code docs/benchmarks.md}, "Storage". Arguments: the drivers
 * ({@code memory sqlite postgresql redis}) and {@code queue}; all without any.
 */
public final class StorageBenchmark {

    private static final int CLIENTS = 16;
    private static final int KEYS = 10_000;
    private static final Duration WARM_UP = Duration.ofSeconds(3);
    private static final Duration MEASURED = Duration.ofSeconds(5);
    private static final StoredValue VALUE = StoredValue.of(new byte[200]);

    private StorageBenchmark() {}

    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) throws InterruptedException {
        List<String> chosen = arguments.length == 0
                ? List.of("memory", "sqlite", "postgresql", "redis", "queue")
                : List.of(arguments);
        System.out.println("| what | calls/s | p50 ms | p95 ms | p99 ms |\n|---|---|---|---|---|");
        for (String each : chosen) {
            switch (each) {
                case "memory" -> stores(each, new MemoryStorageDriver());
                case "sqlite" -> {
                    try (var file = new SqliteFile()) {
                        stores(each, file.driver());
                    }
                }
                case "postgresql" -> {
                    Databases databases = TestingDatabase.shared();
                    stores(each, new PostgresStorageDriver(databases.app(), databases.worker()));
                }
                case "redis" -> stores(each, new RedisStorageDriver(TestingRedis.shared()));
                case "queue" -> queues();
                default -> throw new IllegalArgumentException("there is no " + each + " to measure");
            }
        }
        System.exit(0);
    }

    private static void stores(String driver, StorageDriver kept) throws InterruptedException {
        var stores = new TestingStores(kept);
        stores.allow(1L << 30, 1_000_000);
        KeyValueStore store = stores.store();
        IntStream.range(0, KEYS).forEach(n -> store.put(key(n), VALUE));
        measure(driver + ", get", n -> store.get(key(n)));
        measure(driver + ", put over", n -> store.put(key(n), VALUE));
        measure(driver + ", get, then compare and set", n -> {
            long revision = store.get(key(n)).orElseThrow().revision();
            store.compareAndSet(key(n), revision, VALUE);
        });
        measure(driver + ", increment, 16 counters", n -> store.increment("n" + n % 16, 1));
        measure(driver + ", increment, one counter", _ -> store.increment("one", 1));
        measure(driver + ", scan of 100", n -> store.scan(key(n).substring(0, 4), null, 100));
    }

    private static String key(int number) {
        return "k%05d".formatted(number % KEYS);
    }

    private static void queues() throws InterruptedException {
        Databases databases = TestingDatabase.shared();
        var properties = new CoordinationProperties(DataSize.ofMegabytes(1), 100_000_000, Duration.ofDays(1),
                Duration.ofSeconds(1), Duration.ofHours(1), Duration.ofHours(1), true);
        var node = new ClusterCoordination(properties, databases.worker(), databases.direct(),
                new SimpleMeterRegistry());
        node.start();
        MessageQueue queue = node.of("benchmark").queue("messages");
        Message message = Message.of(VALUE);
        List<Message> hundred = IntStream.range(0, 100).mapToObj(_ -> message).toList();
        measure("queue, send one", _ -> queue.send(message));
        measure("queue, send 100 together", _ -> queue.sendAll(hundred, Duration.ZERO));
        measure("queue, receive and acknowledge one",
                _ -> queue.receive(1, Duration.ofMinutes(5)).forEach(received -> received.acknowledge()));
        measure("queue, receive 100", _ -> queue.receive(MessageSender.MAXIMUM / 10, Duration.ofMinutes(5)));
        measure("lock, take and give back", n -> node.of("benchmark").tryLock("lock" + n % CLIENTS,
                Duration.ofMinutes(1)).ifPresent(lease -> lease.close()));
        node.stop();
    }

    @SuppressWarnings("SystemOut")
    private static void measure(String what, IntConsumer call) throws InterruptedException {
        run(call, WARM_UP);
        long[] nanos = run(call, MEASURED);
        Arrays.sort(nanos);
        System.out.printf("| %s | %,.0f | %.2f | %.2f | %.2f |%n", what, nanos.length / (MEASURED.toNanos() / 1e9),
                at(nanos, 0.5), at(nanos, 0.95), at(nanos, 0.99));
    }

    /** @return how long each call took */
    private static long[] run(IntConsumer call, Duration time) throws InterruptedException {
        var next = new AtomicInteger();
        long end = System.nanoTime() + time.toNanos();
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<long[]>> times = clients.invokeAll(
                    Collections.nCopies(CLIENTS, (Callable<long[]>) () -> calls(call, next, end)));
            return times.stream().map(Future::resultNow).flatMapToLong(Arrays::stream).toArray();
        }
    }

    private static long[] calls(IntConsumer call, AtomicInteger next, long end) {
        var taken = LongStream.builder();
        long begun = System.nanoTime();
        while (begun - end < 0) {
            call.accept(next.getAndIncrement() & Integer.MAX_VALUE);
            long now = System.nanoTime();
            taken.add(now - begun);
            begun = now;
        }
        return taken.build().toArray();
    }

    private static double at(long[] sorted, double share) {
        return sorted.length == 0 ? Double.NaN : sorted[(int) ((sorted.length - 1) * share)] / 1e6;
    }
}
