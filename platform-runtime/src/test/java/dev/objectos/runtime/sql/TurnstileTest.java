package dev.objectos.runtime.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.objectos.runtime.RunsBesideOthers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Who reads when. */
@RunsBesideOthers
class TurnstileTest {

    private static final Duration NEVER = Duration.ofDays(1);

    @Test
    void letsThroughWhoCameFirst() throws InterruptedException {
        var order = Collections.synchronizedList(new ArrayList<Integer>());
        try (var turnstile = new Turnstile(1, NEVER)) {
            Turnstile.Turn first = turnstile.take();
            var waiting = new ArrayList<Thread>();
            for (int i = 0; i < 5; i++) {
                int number = i;
                waiting.add(Thread.ofVirtual().start(() -> {
                    try (Turnstile.Turn _ = turnstile.take()) {
                        order.add(number);
                    }
                }));
                while (turnstile.waiting() < i + 1) {
                    Thread.onSpinWait();
                }
            }
            first.close();
            for (Thread thread : waiting) {
                thread.join();
            }
        }

        assertThat(order).containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void doesNotLetOthersWaitForALongRead() throws InterruptedException {
        try (var turnstile = new Turnstile(2)) {
            List<Turnstile.Turn> longReads = List.of(turnstile.take(), turnstile.take());

            for (int i = 0; i < 3; i++) {
                Thread next = Thread.ofVirtual().start(() -> turnstile.take().close());
                assertThat(next.join(Duration.ofSeconds(30))).isTrue();
            }
            assertThat(turnstile.waiting()).isZero();

            longReads.forEach(Turnstile.Turn::close);
            assertThat(turnstile.free()).isEqualTo(2);
        }
    }

    @Test
    void hasAllItsPlacesAfterAStorm() throws InterruptedException {
        var read = new AtomicInteger();
        try (var turnstile = new Turnstile(3, Duration.ofNanos(1))) {
            List<Thread> readers = IntStream.range(0, 50).mapToObj(_ -> Thread.ofVirtual().start(() -> {
                for (int i = 0; i < 200; i++) {
                    try (Turnstile.Turn turn = turnstile.take()) {
                        Thread.yield();
                        turn.close();
                    }
                    read.incrementAndGet();
                }
            })).toList();
            for (Thread reader : readers) {
                reader.join();
            }

            assertThat(read).hasValue(10_000);
            assertThat(turnstile.free()).isEqualTo(3);
            assertThat(turnstile.waiting()).isZero();
        }
    }

    @Test
    void refusesToLetNobodyThrough() {
        assertThatThrownBy(() -> new Turnstile(0)).isInstanceOf(IllegalArgumentException.class);
    }
}
