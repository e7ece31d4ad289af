package dev.objectos.runtime.cache.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.objectos.runtime.cache.Cache;
import dev.objectos.runtime.cache.CacheOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class NodeCacheTest {

    private static final UUID TENANT = UUID.randomUUID();
    private static final UUID OTHER = UUID.randomUUID();

    private final AtomicLong nanos = new AtomicLong();
    private final List<Invalidation> told = new ArrayList<>();
    private final AtomicInteger loads = new AtomicInteger();

    private NodeCache<String> cache(CacheOptions<String> options) {
        return new NodeCache<>("acme", "names", String.class, options, nanos::get, told::add, null);
    }

    private NodeCache<String> cache() {
        return cache(CacheOptions.entries(100, Duration.ofMinutes(1)));
    }

    private String load() {
        return "loaded " + loads.incrementAndGet();
    }

    @Test
    void loadsOnceAndForgetsAfterItsTime() {
        Cache<String> cache = cache();
        assertThat(cache.peek(TENANT, "a")).isEmpty();
        assertThat(cache.get(TENANT, "a", this::load)).isEqualTo("loaded 1");
        assertThat(cache.get(TENANT, "a", this::load)).isEqualTo("loaded 1");
        assertThat(cache.peek(TENANT, "a")).contains("loaded 1");
        nanos.addAndGet(Duration.ofMinutes(1).toNanos());
        assertThat(cache.get(TENANT, "a", this::load)).isEqualTo("loaded 2");
    }

    @Test
    void nobodyFindsWhatIsAnotherTenants() {
        Cache<String> cache = cache();
        cache.put(TENANT, "a", "mine");
        assertThat(cache.peek(OTHER, "a")).isEmpty();
        assertThat(cache.get(OTHER, "a", this::load)).isEqualTo("loaded 1");
        cache.invalidate(OTHER);
        assertThat(cache.peek(OTHER, "a")).isEmpty();
        assertThat(cache.peek(TENANT, "a")).contains("mine");
    }

    @Test
    void loadsOnceForAllWhoAskAtTheSameTime() throws Exception {
        Cache<String> cache = cache();
        var begun = new CountDownLatch(1);
        var released = new CountDownLatch(1);
        Callable<String> ask = () -> cache.get(TENANT, "a", () -> {
            begun.countDown();
            await(released);
            return load();
        });
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = new ArrayList<Future<String>>(List.of(threads.submit(ask)));
            await(begun);
            for (int i = 0; i < 50; i++) {
                answers.add(threads.submit(ask));
            }
            released.countDown();
            for (Future<String> answer : answers) {
                assertThat(answer.get()).isEqualTo("loaded 1");
            }
        }
        assertThat(loads).hasValue(1);
    }

    @Test
    void doesNotKeepWhatWasInvalidatedWhileItWasLoaded() {
        for (boolean everything : new boolean[]{false, true}) {
            loads.set(0);
            Cache<String> cache = cache();
            assertThat(cache.get(TENANT, "a", () -> {
                String stale = load();
                if (everything) {
                    cache.invalidateAll();
                } else {
                    cache.invalidate(TENANT, "a");
                }
                assertThat(cache.get(TENANT, "a", this::load)).isEqualTo("loaded 2");
                return stale;
            })).isEqualTo("loaded 1");
            assertThat(cache.peek(TENANT, "a")).contains("loaded 2");
        }
    }

    @Test
    void invalidatingATenantDropsItsLoadsUnderWay() {
        Cache<String> cache = cache();
        cache.get(TENANT, "a", () -> {
            String stale = load();
            cache.invalidate(TENANT);
            return stale;
        });
        assertThat(cache.peek(TENANT, "a")).isEmpty();
    }

    @Test
    void keepsNoFailure() {
        Cache<String> cache = cache();
        assertThatThrownBy(() -> cache.get(TENANT, "a", () -> {
            throw new IllegalStateException("down");
        })).isInstanceOf(IllegalStateException.class).hasMessage("down");
        assertThat(cache.get(TENANT, "a", this::load)).isEqualTo("loaded 1");
        assertThat(cache.statistics().failures()).isEqualTo(1);
    }

    @Test
    void remembersAbsenceOnlyWhereAsked() {
        var asked = new AtomicInteger();
        CacheOptions<String> options = CacheOptions.entries(100, Duration.ofMinutes(1));
        for (CacheOptions<String> each : List.of(options, options.rememberingAbsence())) {
            Cache<String> cache = cache(each);
            asked.set(0);
            for (int i = 0; i < 3; i++) {
                assertThat(cache.find(TENANT, "a", () -> {
                    asked.incrementAndGet();
                    return Optional.empty();
                })).isEmpty();
            }
            assertThat(asked).hasValue(each.absence() ? 1 : 3);
            assertThat(cache.get(TENANT, "a", () -> "there")).isEqualTo("there");
        }
    }

    @Test
    void holdsNoMoreThanItMay() {
        NodeCache<String> few = cache(CacheOptions.entries(10, Duration.ofMinutes(1)));
        NodeCache<String> light = cache(CacheOptions.weight(10, String::length, Duration.ofMinutes(1)));
        for (int i = 0; i < 100; i++) {
            few.put(TENANT, "k" + i, "xxxxx");
            light.put(TENANT, "k" + i, "xxxxx");
        }
        few.cleanUp();
        light.cleanUp();
        assertThat(few.statistics().entries()).isEqualTo(10);
        assertThat(light.statistics().entries()).isEqualTo(2);
        assertThat(light.statistics().evictions()).isEqualTo(98);
    }

    @Test
    void countsHitsMissesAndLoads() {
        Cache<String> cache = cache();
        cache.get(TENANT, "a", this::load);
        cache.get(TENANT, "a", this::load);
        cache.get(TENANT, "a", this::load);
        var statistics = cache.statistics();
        assertThat(statistics.hits()).isEqualTo(2);
        assertThat(statistics.misses()).isEqualTo(1);
        assertThat(statistics.loads()).isEqualTo(1);
        assertThat(statistics.entries()).isEqualTo(1);
    }

    @Test
    void tellsOthersWhatIsInvalidated() {
        Cache<String> cache = cache();
        cache.put(TENANT, "a", "x");
        cache.invalidate(TENANT, "a");
        cache.invalidate(TENANT);
        cache.invalidateAll();
        assertThat(told).containsExactly(new Invalidation("acme/names", TENANT, "a"),
                new Invalidation("acme/names", TENANT, null), Invalidation.all("acme/names"));
    }

    @Test
    void aNoticeSaysTheSameOnTheOtherSide() {
        var one = new Invalidation("acme/names", TENANT, "a\u0000\"\n😀");
        assertThat(Invalidation.of(one.payload("here"), "there")).isEqualTo(one);
        assertThat(Invalidation.of(one.payload("here"), "here")).isNull();
        assertThat(Invalidation.of(Invalidation.all("c").payload("here"), "there")).isEqualTo(Invalidation.all("c"));
        assertThat(Invalidation.of(new Invalidation("c", TENANT, "x".repeat(9_000)).payload("here"), "there"))
                .isEqualTo(new Invalidation("c", TENANT, null));
        assertThat(Invalidation.of("of another release", "there")).isNull();
        assertThat(Invalidation.of("[\"n\", \"c\", \"no uuid\", null]", "there")).isNull();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
