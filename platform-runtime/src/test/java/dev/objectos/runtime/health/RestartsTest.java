package dev.objectos.runtime.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.objectos.runtime.TestingClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RestartsTest {

    private final RuntimeException failure = new IllegalStateException("broken");

    private final TestingClock clock = new TestingClock();
    private final Restarts restarts = new Restarts(RestartPolicy.DEFAULT, clock, clock);
    private final Instant begun = clock.instant();
    private final List<Long> starts = new ArrayList<>();
    private final List<Throwable> givenUp = new ArrayList<>();
    private boolean broken = true;

    private Void start() {
        starts.add(Duration.between(begun, clock.instant()).toSeconds());
        if (broken) {
            throw failure;
        }
        return null;
    }

    private void fail() {
        restarts.failed("acme", failure, this::start, givenUp::add);
    }

    @Test
    void doublesThePauseUpToTheLongest() {
        var policy = new RestartPolicy(Duration.ofSeconds(1), Duration.ofSeconds(60), 9, Duration.ZERO);
        assertThat(IntStream.rangeClosed(1, 9).mapToObj(number -> policy.pause(number).orElseThrow().toSeconds()))
                .containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L, 60L);
        assertThat(policy.pause(10)).isEmpty();
    }

    @Test
    void refusesAPolicyThatMakesNoSense() {
        assertThatThrownBy(() -> new RestartPolicy(Duration.ZERO, Duration.ZERO, 1, Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void givesUpAfterFiveStarts() {
        fail();
        clock.advance(Duration.ofMinutes(10));
        assertThat(starts).containsExactly(1L, 3L, 7L, 15L, 31L);
        assertThat(givenUp).containsExactly(failure);
        assertThat(restarts.tries("acme")).isZero();
    }

    @Test
    void startsOnceForFailuresDuringThePause() {
        fail();
        fail();
        broken = false;
        clock.advance(Duration.ofMinutes(1));
        assertThat(starts).containsExactly(1L);
        assertThat(restarts.tries("acme")).isEqualTo(1);
    }

    @Test
    void goesOnCountingWhereItFailsAgainSoon() {
        broken = false;
        fail();
        clock.advance(Duration.ofSeconds(30));
        fail();
        clock.advance(Duration.ofSeconds(30));
        assertThat(starts).containsExactly(1L, 32L);
        assertThat(restarts.tries("acme")).isEqualTo(2);
    }

    @Test
    void countsAnewOnceItHasRunWell() {
        broken = false;
        fail();
        clock.advance(Duration.ofMinutes(5));
        fail();
        clock.advance(Duration.ofMinutes(5));
        assertThat(starts).containsExactly(1L, 301L);
        assertThat(restarts.tries("acme")).isEqualTo(1);
    }

    @Test
    void forgetsWhatSomebodyStoppedOnPurpose() {
        fail();
        restarts.forget("acme");
        clock.advance(Duration.ofMinutes(5));
        assertThat(starts).isEmpty();
        assertThat(clock.waiting()).isZero();
        assertThat(restarts.tries("acme")).isZero();
    }
}
