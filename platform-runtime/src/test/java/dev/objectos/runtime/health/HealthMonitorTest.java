package dev.objectos.runtime.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.objectos.runtime.TestingClock;
import dev.objectos.runtime.event.EventBus;
import dev.objectos.runtime.event.HealthChanged;
import dev.objectos.runtime.event.Subscription;
import dev.objectos.runtime.spi.HealthProbe;
import dev.objectos.runtime.spi.HealthResult;
import dev.objectos.runtime.spi.HealthStatus;
import dev.objectos.runtime.spi.ProbeHealth;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class HealthMonitorTest {

    private static final HealthProperties SETTINGS = new HealthProperties(true, Duration.ofMillis(1), 5,
            Duration.ofSeconds(30), 3, DataSize.ofMegabytes(1), Duration.ofSeconds(60), Duration.ofSeconds(2));

    private final EventBus bus = new EventBus();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final TestingClock clock = new TestingClock();
    private final HealthMonitor monitor = new HealthMonitor(SETTINGS, bus, meters, clock);
    private final AtomicInteger asked = new AtomicInteger();
    private volatile HealthResult answer = HealthResult.up("fine");

    @AfterEach
    void close() {
        monitor.close();
        bus.close();
    }

    /** A probe that a test steers. */
    private record Steered(String name, boolean critical, Duration timeout,
            Callable<HealthResult> answers) implements HealthProbe {

        @Override
        public HealthResult check() throws Exception {
            return answers.call();
        }
    }

    private HealthProbe probe(boolean critical) {
        return new Steered("gateway", critical, Duration.ofSeconds(5), () -> {
            asked.incrementAndGet();
            return answer;
        });
    }

    private void rounds(int number) throws InterruptedException {
        for (int i = 0; i < number; i++) {
            clock.advance(Duration.ofSeconds(1));
            monitor.round();
        }
    }

    private ProbeHealth only() {
        assertThat(monitor.probes()).hasSize(1);
        return monitor.probes().getFirst();
    }

    @Test
    void degradesAtOnceAndIsDownAfterFiveFailures() throws InterruptedException {
        BlockingQueue<HealthChanged> heard = new LinkedBlockingQueue<>();
        bus.subscribe(HealthChanged.class, heard::add);
        monitor.watch(probe(false));
        rounds(1);
        assertThat(only().status()).isEqualTo(HealthStatus.UP);
        answer = HealthResult.down("no route");
        rounds(4);
        assertThat(only().status()).isEqualTo(HealthStatus.DEGRADED);
        rounds(1);
        assertThat(only().status()).isEqualTo(HealthStatus.DOWN);
        assertThat(only().breaker()).isEqualTo("OPEN");
        assertThat(heard.poll(10, TimeUnit.SECONDS))
                .isEqualTo(new HealthChanged("gateway", "runtime", "UP", "DEGRADED", "no route"));
        assertThat(heard.poll(10, TimeUnit.SECONDS))
                .isEqualTo(new HealthChanged("gateway", "runtime", "DEGRADED", "DOWN", "no route"));
        assertThat(meters.get("objectos.health.probe").tag("probe", "gateway").gauge().value()).isEqualTo(2);
    }

    @Test
    void leavesAloneWhatIsDownAndTriesOnceAfterTheRest() throws InterruptedException {
        monitor.watch(probe(false));
        answer = HealthResult.down("no route");
        rounds(5);
        assertThat(asked).hasValue(5);
        rounds(10);
        assertThat(asked).hasValue(5);
        clock.advance(Duration.ofSeconds(30));
        rounds(3);
        assertThat(asked).hasValue(6);
        assertThat(only().status()).isEqualTo(HealthStatus.DOWN);
        answer = HealthResult.up("back");
        clock.advance(Duration.ofSeconds(30));
        rounds(2);
        assertThat(asked).hasValue(8);
        assertThat(only()).satisfies(health -> {
            assertThat(health.status()).isEqualTo(HealthStatus.UP);
            assertThat(health.breaker()).isEqualTo("CLOSED");
            assertThat(health.failures()).isZero();
        });
    }

    @Test
    void keepsTheLatestAnswersAlone() throws InterruptedException {
        monitor.watch(probe(false));
        rounds(2);
        answer = HealthResult.degraded("slow");
        rounds(2);
        assertThat(only().history()).extracting(ProbeHealth.Sample::message).containsExactly("slow", "slow", "fine");
        assertThat(only().since()).isEqualTo(clock.instant().minusSeconds(1));
    }

    @Test
    void onlyACriticalProbeBringsTheServerDown() throws InterruptedException {
        Subscription watching = monitor.watch(probe(false));
        answer = HealthResult.down("no route");
        rounds(5);
        assertThat(monitor.status()).isEqualTo(HealthStatus.DEGRADED);
        watching.close();
        assertThat(monitor.status()).isEqualTo(HealthStatus.UP);
        monitor.watch(probe(true));
        rounds(5);
        assertThat(monitor.status()).isEqualTo(HealthStatus.DOWN);
        assertThat(meters.get("objectos.health").gauge().value()).isEqualTo(2);
    }

    @Test
    void interruptsACheckThatTakesTooLongAndStartsNoSecondOneBesideIt() throws InterruptedException {
        var stubborn = new CountDownLatch(1);
        monitor.watch(new Steered("stubborn", false, Duration.ofMillis(20), () -> {
            asked.incrementAndGet();
            while (stubborn.getCount() > 0) {
                try {
                    stubborn.await();
                } catch (InterruptedException _) {
                    // As code does that never gives up.
                    asked.get();
                }
            }
            return HealthResult.up("at last");
        }));
        rounds(1);
        assertThat(only().message()).isEqualTo("no answer within 20 ms");
        rounds(1);
        assertThat(only().message()).isEqualTo("an earlier check still hangs");
        assertThat(asked).hasValue(1);
        stubborn.countDown();
    }

    @Test
    void aCheckThatThrowsHasFailed() throws InterruptedException {
        monitor.watch(new Steered("thrower", false, Duration.ofSeconds(5), () -> {
            throw new IllegalStateException("no paper");
        }));
        rounds(1);
        assertThat(only().message()).contains("no paper");
        assertThat(only().failures()).isEqualTo(1);
    }

    @Test
    void refusesASecondProbeOfTheSameName() {
        monitor.watch(probe(false));
        assertThatThrownBy(() -> monitor.watch(probe(true))).hasMessageContaining("gateway already");
    }

    @Test
    void asksByItselfOnceItIsStarted() {
        var answered = new CountDownLatch(2);
        monitor.watch(new Steered("ticker", false, Duration.ofSeconds(5), () -> {
            answered.countDown();
            return HealthResult.up("tick");
        }));
        monitor.start();
        assertThat(awaited(answered)).isTrue();
    }

    private static boolean awaited(CountDownLatch latch) {
        try {
            return latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
