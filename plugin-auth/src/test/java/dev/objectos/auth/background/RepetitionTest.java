package dev.objectos.auth.background;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What is done over and over. */
final class RepetitionTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Test
    void goesOnAfterFailures() throws InterruptedException {
        var steps = new AtomicInteger();
        var often = new CountDownLatch(5);
        var repetition = new Repetition("test", () -> {
            often.countDown();
            if (steps.incrementAndGet() % 2 == 0) {
                throw new IllegalStateException("every other one");
            }
        }, Duration.ZERO, Duration.ZERO, "Every other step fails");
        assertThat(repetition.isRunning()).isFalse();
        repetition.start();
        often.await();
        assertThat(repetition.isRunning()).isTrue();
        repetition.end();
        assertThat(repetition.isOver(PATIENCE)).isTrue();
        assertThat(repetition.isRunning()).isFalse();
    }

    @Test
    void finishesTheStepThatIsUnderWayAndBeginsNoOther() throws InterruptedException {
        var steps = new AtomicInteger();
        var begun = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        var repetition = new Repetition("test", () -> {
            begun.countDown();
            goOn.await();
            steps.incrementAndGet();
        }, Duration.ZERO, Duration.ZERO, "Nothing fails");
        repetition.start();
        begun.await();
        repetition.end();
        goOn.countDown();
        assertThat(repetition.isOver(PATIENCE)).isTrue();
        assertThat(steps).hasValue(1);
    }

    @Test
    void doesNotWaitForALongPause() throws InterruptedException {
        var repetition = new Repetition("test", () -> {
            throw new IllegalStateException("never taken");
        }, Duration.ofDays(1), Duration.ZERO, "A step was taken");
        repetition.start();
        repetition.end();
        assertThat(repetition.isOver(PATIENCE)).isTrue();
    }
}
