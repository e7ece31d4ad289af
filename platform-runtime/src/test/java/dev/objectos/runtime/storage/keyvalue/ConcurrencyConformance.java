package dev.objectos.runtime.storage.keyvalue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.spi.StorageDriver;
import dev.objectos.runtime.storage.KeyValueStore;
import dev.objectos.runtime.storage.StorageChange;
import dev.objectos.runtime.storage.StorageUsage;
import dev.objectos.runtime.storage.StoredEntry;
import dev.objectos.runtime.storage.StoredValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every driver must do while many use it at once. */
abstract class ConcurrencyConformance {

    private static final int THREADS = 50;

    private final TestingStores stores = new TestingStores(driver());

    protected abstract StorageDriver driver();

    /** All at once; the first failure is thrown. */
    private static <T> List<T> atOnce(Callable<T> work) throws InterruptedException, ExecutionException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<T>> running = IntStream.range(0, THREADS).mapToObj(_ -> threads.submit(work)).toList();
            var results = new ArrayList<T>();
            for (Future<T> each : running) {
                results.add(each.get());
            }
            return results;
        }
    }

    @Test
    void comparingAndSettingLosesNoUpdate() throws Exception {
        KeyValueStore store = stores.store();
        store.put("n", StoredValue.text("0"));
        atOnce(() -> {
            while (true) {
                StoredEntry entry = store.get("n").orElseThrow();
                String next = String.valueOf(Integer.parseInt(entry.value().text()) + 1);
                if (store.compareAndSet("n", entry.revision(), StoredValue.text(next)).isPresent()) {
                    return next;
                }
            }
        });
        assertThat(store.get("n").orElseThrow().value().text()).isEqualTo(String.valueOf(THREADS));
        assertThat(stores.own().usage(stores.tenant())).isEqualTo(new StorageUsage(3, 1));
    }

    @Test
    void countingLosesNothingAndGivesEachItsNumber() throws Exception {
        KeyValueStore store = stores.store();
        List<Long> numbers = atOnce(() -> store.increment("n", 1));
        assertThat(numbers).containsExactlyInAnyOrderElementsOf(
                IntStream.rangeClosed(1, THREADS).mapToObj(Long::valueOf).toList());
    }

    @Test
    void oneOfManyPutsIfAbsent() throws Exception {
        KeyValueStore store = stores.store();
        assertThat(atOnce(() -> store.putIfAbsent("a", StoredValue.text("x")).isPresent())).filteredOn(won -> won)
                .hasSize(1);
    }

    @Test
    void theQuotaIsNeverExceeded() throws Exception {
        stores.allow(1_000, 30);
        KeyValueStore store = stores.store();
        var next = new AtomicInteger();
        List<Boolean> done = atOnce(() -> {
            String key = "k%02d".formatted(next.incrementAndGet());
            try {
                store.put(key, StoredValue.of(new byte[47]));
                return true;
            } catch (PlatformException e) {
                assertThat(e.code()).isEqualTo(RuntimeError.QUOTA_EXCEEDED);
                return false;
            }
        });
        assertThat(done).filteredOn(each -> each).hasSize(20);
        assertThat(stores.own().usage(stores.tenant())).isEqualTo(new StorageUsage(1_000, 20));
        assertThat(store.scan("", null, 100).entries()).hasSize(20);
    }

    @Test
    void batchesInAnyOrderDoNotBlockEachOtherForEver() throws Exception {
        KeyValueStore store = stores.store();
        atOnce(() -> {
            for (int round = 0; round < 5; round++) {
                List<StorageChange> changes = new ArrayList<>(IntStream.range(0, 8)
                        .<StorageChange>mapToObj(i -> new StorageChange.Increment("n" + i, 1, null)).toList());
                Collections.shuffle(changes);
                changes.add(StorageChange.put("p" + round, StoredValue.of(new byte[(int) (Math.random() * 9)])));
                store.batch(changes);
                store.delete("p" + round);
            }
            return true;
        });
        for (int i = 0; i < 8; i++) {
            assertThat(store.get("n" + i).orElseThrow().value().number()).isEqualTo(5L * THREADS);
        }
        assertThat(stores.own().usage(stores.tenant())).isEqualTo(new StorageUsage(80, 8));
    }

    @Test
    void removalBesideWritesKeepsTheCountRight() throws Exception {
        KeyValueStore store = stores.store();
        ExpiryJob job = stores.expiryJob(3);
        var next = new AtomicInteger();
        atOnce(() -> {
            for (int round = 0; round < 5; round++) {
                store.put("k" + next.incrementAndGet() % 20, StoredValue.text("x"), Duration.ofSeconds(1));
                stores.clock().advance(Duration.ofMillis(20));
                if (round == 2) {
                    job.removeExpired();
                }
            }
            return true;
        });
        stores.clock().advance(Duration.ofSeconds(2));
        job.removeExpired();
        assertThat(stores.own().usage(stores.tenant())).isEqualTo(StorageUsage.NOTHING);
    }
}
