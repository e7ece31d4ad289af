package dev.objectos.runtime.event.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.runtime.Eventually;
import dev.objectos.runtime.event.RecordEvent;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Ten thousand events, one in a hundred poison: some of that fails, some hangs; other events are slow. How late they come is
 * measured, so nothing runs beside it.
 */
@Isolated
class PoisonStormTest {

    private static final int EVENTS = 10_000;

    @Test
    void deliversAllHealthyEventsInTimeAndBuriesAllPoison() {
        Map<Long, Long> healthy = new ConcurrentHashMap<>();
        Map<Long, AtomicInteger> poison = new ConcurrentHashMap<>();
        long begun;
        try (var events = new TestingEvents("event_storm")) {
            var subscriber = new HeardEvents("storm", event -> {
                switch (HeardEvents.number(event) % 200) {
                    case 0 -> {
                        count(poison, event);
                        throw new IllegalStateException("poison");
                    }
                    case 100 -> {
                        count(poison, event);
                        new CountDownLatch(1).await();
                    }
                    case 50 -> LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
                    default -> {
                    }
                }
                healthy.put(event.id(), System.nanoTime());
            });
            // The defaults, but for the time after which a try is given up: the test shall end soon.
            events.node(TestingEvents.properties("backoff", "100ms", "patience", "250ms", "timeout", "2s"), subscriber);
            begun = System.nanoTime();
            events.emit(EVENTS, 1);
            Eventually.await(events::idle, Duration.ofSeconds(60));

            assertThat(healthy).hasSize(EVENTS * 99 / 100);
            assertThat(poison).hasSize(EVENTS / 100)
                    .allSatisfy((_, tries) -> assertThat(tries.get()).isEqualTo(4));
            assertThat(subscriber.heard()).hasSize(EVENTS * 99 / 100 + 4 * EVENTS / 100);
            assertThat(healthy.keySet()).doesNotContainAnyElementsOf(poison.keySet());
            assertThat(events.number("select count(distinct event) from platform.dead_letter where attempts = 4"))
                    .isEqualTo(EVENTS / 100);
        }
        long late = healthy.values().stream().filter(at -> at - begun > TimeUnit.SECONDS.toNanos(10)).count();
        assertThat(late).as("healthy events that came later than ten seconds").isLessThan(EVENTS / 100);
    }

    private static void count(Map<Long, AtomicInteger> tries, RecordEvent event) {
        tries.computeIfAbsent(event.id(), _ -> new AtomicInteger()).incrementAndGet();
    }
}
