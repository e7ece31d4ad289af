package dev.objectos.runtime.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlanModeChoiceTest {

    private static final int LEARNING = 2 * (PlanModeChoice.WARM_UP + PlanModeChoice.SAMPLES);

    private final PlanModeChoice choice = new PlanModeChoice();
    private long now = 1_000;

    @Test
    void keepsOnePlanForAllValuesWhereThatIsClearlyFaster() {
        learn(Map.of(PlanMode.AUTO, micros(1_000), PlanMode.GENERIC, micros(600)));
        assertThat(choice.next(now)).isEqualTo(PlanMode.GENERIC);
    }

    @Test
    void leavesItToPostgresqlWhereThereIsLittleToGain() {
        learn(Map.of(PlanMode.AUTO, micros(1_000), PlanMode.GENERIC, micros(950)));
        assertThat(choice.next(now)).isEqualTo(PlanMode.AUTO);
    }

    @Test
    void usesBothModesInTurnsWhileItLearns() {
        assertThat(choice.next(now)).isEqualTo(PlanMode.AUTO);
        assertThat(choice.next(now)).isEqualTo(PlanMode.GENERIC);
        assertThat(choice.next(now)).isEqualTo(PlanMode.AUTO);
    }

    @Test
    void doesNotCountTheCallsBeforeAStatementIsPrepared() {
        for (int i = 0; i < 2 * PlanModeChoice.WARM_UP; i++) {
            PlanMode mode = choice.next(now);
            choice.took(mode, mode == PlanMode.AUTO ? micros(1) : micros(9_000), now);
        }
        learn(Map.of(PlanMode.AUTO, micros(1_000), PlanMode.GENERIC, micros(600)));
        assertThat(choice.next(now)).isEqualTo(PlanMode.GENERIC);
    }

    @Test
    void returnsToPlanningWhenACallTakesFarLonger() {
        learn(Map.of(PlanMode.AUTO, micros(1_000), PlanMode.GENERIC, micros(600)));
        choice.took(PlanMode.GENERIC, micros(49_000), now);
        assertThat(choice.next(now)).isEqualTo(PlanMode.GENERIC);
        choice.took(PlanMode.GENERIC, micros(51_000), now);
        assertThat(choice.next(now)).isEqualTo(PlanMode.AUTO);
    }

    @Test
    void givesATrialUpThatCostsTooMuch() {
        for (int i = 0; i < PlanModeChoice.MOST_SLOW_IN_TRIAL; i++) {
            assertThat(choice.next(now)).isEqualTo(PlanMode.AUTO);
            choice.took(PlanMode.AUTO, micros(20_000), now);
            assertThat(choice.next(now)).isEqualTo(PlanMode.GENERIC);
            choice.took(PlanMode.GENERIC, micros(400_000), now);
        }
        assertThat(choice.next(now)).isEqualTo(PlanMode.AUTO);
        assertThat(choice.next(now)).isEqualTo(PlanMode.AUTO);
        now += PlanModeChoice.KEPT.toNanos();
        learn(Map.of(PlanMode.AUTO, micros(1_000), PlanMode.GENERIC, micros(600)));
        assertThat(choice.next(now)).isEqualTo(PlanMode.GENERIC);
    }

    @Test
    void goesOnWithATrialWhereBothTakeLong() {
        learn(Map.of(PlanMode.AUTO, micros(400_000), PlanMode.GENERIC, micros(300_000)));
        assertThat(choice.next(now)).isEqualTo(PlanMode.GENERIC);
    }

    @Test
    void learnsAnewAfterAWhile() {
        learn(Map.of(PlanMode.AUTO, micros(1_000), PlanMode.GENERIC, micros(600)));
        now += PlanModeChoice.KEPT.toNanos();
        learn(Map.of(PlanMode.AUTO, micros(600), PlanMode.GENERIC, micros(1_000)));
        assertThat(choice.next(now)).isEqualTo(PlanMode.AUTO);
    }

    private void learn(Map<PlanMode, Long> times) {
        for (int i = 0; i < LEARNING + 2; i++) {
            PlanMode mode = choice.next(now);
            choice.took(mode, times.getOrDefault(mode, 0L), now);
        }
    }

    private static long micros(long micros) {
        return Duration.ofNanos(micros * 1_000).toNanos();
    }
}
