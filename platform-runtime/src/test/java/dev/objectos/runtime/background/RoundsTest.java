package dev.objectos.runtime.background;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.runtime.background.Rounds.Rests;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What is done over and over. */
final class RoundsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Test
    void goesOnAfterFailures() throws InterruptedException {
        var count = new AtomicInteger();
        var often = new CountDownLatch(5);
        var rounds = new Rounds("test", Rests.of(Duration.ZERO), "Every other round fails", () -> {
            often.countDown();
            if (count.incrementAndGet() % 2 == 0) {
                throw new IOException("every other one");
            }
        });
        assertThat(rounds.isRunning()).isFalse();
        rounds.start();
        often.await();
        assertThat(rounds.isRunning()).isTrue();
        rounds.end();
        assertThat(rounds.isOver(PATIENCE)).isTrue();
        assertThat(rounds.isRunning()).isFalse();
    }

    @Test
    void finishesTheRoundThatIsUnderWayAndBeginsNoOther() throws InterruptedException {
        var count = new AtomicInteger();
        var begun = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        var rounds = new Rounds("test", Rests.of(Duration.ZERO), "Nothing fails", () -> {
            begun.countDown();
            goOn.await();
            count.incrementAndGet();
        });
        rounds.start();
        begun.await();
        assertThat(rounds.isEnding()).isFalse();
        rounds.end();
        assertThat(rounds.isEnding()).isTrue();
        goOn.countDown();
        assertThat(rounds.isOver(PATIENCE)).isTrue();
        assertThat(count).hasValue(1);
    }

    @Test
    void doesNotWaitForALongRest() throws InterruptedException {
        var rounds = new Rounds("test", Rests.of(Duration.ofDays(1)), "A round was begun", () -> {
            throw new IllegalStateException("never begun");
        });
        rounds.start();
        rounds.close();
        assertThat(rounds.isOver(Duration.ZERO)).isTrue();
    }

    @Test
    void restsLessWhenItIsWoken() throws InterruptedException {
        var twice = new CountDownLatch(2);
        try (var rounds = new Rounds("test", Rests.between(Duration.ofDays(1)), "Nothing fails", twice::countDown)) {
            rounds.start();
            do {
                rounds.wake();
            } while (!twice.await(10, TimeUnit.MILLISECONDS));
        }
    }

    @Test
    void restsAsLongAsAFailureAsksFor() throws InterruptedException {
        var twice = new CountDownLatch(2);
        var rests = new Rests(Duration.ZERO, Duration.ofDays(1), Duration.ofMillis(1));
        try (var rounds = new Rounds("test", rests, "Each round fails", () -> {
            twice.countDown();
            throw new IllegalStateException("each one");
        })) {
            rounds.start();
            assertThat(twice.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)).isTrue();
        }
    }

    @Test
    void endsWithoutHavingBegun() throws InterruptedException {
        var rounds = new Rounds("test", Rests.of(Duration.ZERO), "Nothing fails", () -> {});
        rounds.close();
        assertThat(rounds.isOver(Duration.ZERO)).isTrue();
    }
}
