package dev.objectos.runtime.coordination.cluster;

import static dev.objectos.runtime.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.objectos.runtime.coordination.Lease;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LockTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final TestingNodes nodes = new TestingNodes();
    private final ClusterCoordination here = nodes.looking();
    private final ClusterCoordination there = nodes.looking();

    @AfterEach
    void close() {
        nodes.close();
    }

    @Test
    void oneNodeHasALockUntilItGivesItBack() {
        Lease mine = nodes.of(here).tryLock("import", MINUTE).orElseThrow();
        assertThat(mine.isHeld()).isTrue();
        assertThat(mine.remaining()).isBetween(Duration.ofSeconds(30), MINUTE);
        assertThat(nodes.of(there).tryLock("import", MINUTE)).isEmpty();
        assertThat(nodes.of(here).tryLock("import", MINUTE)).as("nor twice on one node").isEmpty();
        assertThat(nodes.of(there).tryLock("export", MINUTE)).as("another lock").isPresent();
        assertThat(there.of("other-" + nodes.plugin()).tryLock("import", MINUTE)).as("another plugin's").isPresent();

        mine.close();
        assertThat(mine.isHeld()).isFalse();
        Lease theirs = nodes.of(there).tryLock("import", MINUTE).orElseThrow();
        assertThat(theirs.fencingToken()).isGreaterThan(mine.fencingToken());
        mine.close();
        assertThat(mine.renew(MINUTE)).isFalse();
        assertThat(nodes.of(here).tryLock("import", MINUTE)).as("closing twice takes nothing away").isEmpty();
    }

    @Test
    void aLockIsFreeWhenItsTimeIsUpAndItsHolderFindsOut() {
        Lease mine = nodes.of(here).tryLock("import", MINUTE).orElseThrow();
        nodes.pass(MINUTE);
        Lease theirs = nodes.of(there).tryLock("import", MINUTE).orElseThrow();
        assertThat(theirs.fencingToken()).isGreaterThan(mine.fencingToken());
        assertThat(mine.renew(MINUTE)).isFalse();
        assertThat(mine.isHeld()).isFalse();
        mine.close();
        assertThat(theirs.renew(MINUTE)).isTrue();
    }

    @Test
    void aRenewedLockIsHeldOn() {
        Lease mine = nodes.of(here).tryLock("import", MINUTE).orElseThrow();
        nodes.pass(Duration.ofSeconds(50));
        assertThat(mine.renew(MINUTE)).isTrue();
        nodes.pass(Duration.ofSeconds(50));
        assertThat(nodes.of(there).tryLock("import", MINUTE)).isEmpty();
        assertThatThrownBy(() -> mine.renew(Duration.ofDays(2))).hasMessageContaining("24 hours");
    }

    @Test
    void manyHoldALockOneAfterAnotherWithGrowingNumbers() throws Exception {
        var inside = new AtomicInteger();
        List<Long> tokens = new CopyOnWriteArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                ClusterCoordination node = i % 2 == 0 ? here : there;
                running.add(threads.submit(() -> {
                    try (Lease lease = nodes.of(node).lock("import", MINUTE, Duration.ofMinutes(5)).orElseThrow()) {
                        assertThat(inside.incrementAndGet()).isEqualTo(1);
                        tokens.add(lease.fencingToken());
                        inside.decrementAndGet();
                    }
                    return null;
                }));
            }
            for (Future<?> each : running) {
                each.get();
            }
        }
        assertThat(tokens).hasSize(20).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void whoWaitsIsToldThatALockIsFreeOnAnotherNode() throws Exception {
        ClusterCoordination holder = nodes.listening();
        ClusterCoordination waiter = nodes.listening();
        Lease held = nodes.of(holder).tryLock("import", MINUTE).orElseThrow();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Optional<Lease>> waiting = threads
                    .submit(() -> nodes.of(waiter).lock("import", MINUTE, Duration.ofMinutes(10)));
            await(() -> nodes.meters().counter("objectos.lock.requests", "owner", nodes.plugin(), "result", "busy")
                    .count() == 1);
            held.close();
            assertThat(waiting.get()).isPresent();
        }
    }

    @Test
    void patienceEnds() throws InterruptedException {
        assertThat(nodes.of(here).tryLock("import", MINUTE)).isPresent();
        assertThat(nodes.of(there).lock("import", MINUTE, Duration.ofMillis(60))).isEmpty();
    }

    @Test
    void whatAPluginHoldsIsGivenBackWhenItsCoordinationIsClosed() {
        Lease mine = nodes.of(here).tryLock("import", MINUTE).orElseThrow();
        nodes.of(here).close();
        assertThat(mine.isHeld()).isFalse();
        assertThat(nodes.of(there).tryLock("import", MINUTE)).isPresent();
    }

    @Test
    void numbersGoOnGrowingAfterALockWasForgotten() {
        Lease first = nodes.of(here).tryLock("import", MINUTE).orElseThrow();
        nodes.pass(Duration.ofDays(8));
        here.keepUp();
        assertThat(nodes.number("select count(*) from platform.named_lock where owner = '" + nodes.plugin() + "'"))
                .isZero();
        assertThat(nodes.of(there).tryLock("import", MINUTE).orElseThrow().fencingToken())
                .isGreaterThan(first.fencingToken());
    }
}
