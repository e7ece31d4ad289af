package dev.objectos.runtime.sql;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Learns for one statement whether PostgreSQL should plan it for the values of each call. PostgreSQL reckons planning to be
 * next to free, while for a page with an expanded lookup it takes as long as running it; but only a plan made for its
 * values copes with values that occur much more often than others.
 * <p>
 * Both modes are used in turns until each has been measured, then the faster one is kept for a while. A call that takes
 * unusually long in {@link PlanMode#GENERIC} ends that at once, and some that do while it is measured end the trial: a search for a rare
 * word would be a scan of everything at every other call.
 */
final class PlanModeChoice {

    /** On each connection the driver prepares a statement on its fifth use; what is slower before that tells nothing. */
    static final int WARM_UP = 200;

    static final int SAMPLES = 31;
    static final Duration KEPT = Duration.ofMinutes(10);

    /** One plan for all values must be clearly faster, or it is not worth its risk. */
    private static final double WORTHWHILE = 0.9;

    /** A call may be held up by much besides its plan; only far beyond that it is the plan's fault. */
    private static final int FAR_SLOWER = 20;
    private static final long NEVER_SLOW = Duration.ofMillis(50).toNanos();

    /** In a trial, beside the call before it in the other mode; so often that nothing else can be the reason. */
    private static final int SLOWER_IN_TRIAL = 3;
    static final int MOST_SLOW_IN_TRIAL = 3;

    private final AtomicInteger turns = new AtomicInteger();
    private final Map<PlanMode, Measured> measured = new EnumMap<>(PlanMode.class);
    private int slowInTrial;
    private volatile @Nullable Decision decision;

    PlanModeChoice() {
        for (PlanMode mode : PlanMode.values()) {
            measured.put(mode, new Measured());
        }
    }

    /** @param now nanoseconds, as {@link System#nanoTime} gives them */
    PlanMode next(long now) {
        Decision decided = decision;
        if (decided == null) {
            return (turns.getAndIncrement() & 1) == 0 ? PlanMode.AUTO : PlanMode.GENERIC;
        }
        if (now - decided.until() < 0) {
            return decided.mode();
        }
        forget();
        return PlanMode.AUTO;
    }

    /** @param nanoseconds how long a call in this mode took */
    void took(PlanMode mode, long nanoseconds, long now) {
        Decision decided = decision;
        if (decided == null) {
            measure(mode, nanoseconds, now);
        } else if (mode == PlanMode.GENERIC && nanoseconds > decided.tooSlow()) {
            decision = new Decision(PlanMode.AUTO, decided.until(), decided.tooSlow());
        }
    }

    private synchronized void measure(PlanMode mode, long nanoseconds, long now) {
        Measured auto = of(PlanMode.AUTO);
        Measured generic = of(PlanMode.GENERIC);
        of(mode).add(nanoseconds);
        if (mode == PlanMode.GENERIC && nanoseconds > Math.max(NEVER_SLOW, auto.latest() * SLOWER_IN_TRIAL)
                && ++slowInTrial == MOST_SLOW_IN_TRIAL) {
            decision = new Decision(PlanMode.AUTO, now + KEPT.toNanos(), Long.MAX_VALUE);
        }
        if (decision == null && auto.complete() && generic.complete()) {
            boolean faster = generic.median() < auto.median() * WORTHWHILE;
            decision = new Decision(faster ? PlanMode.GENERIC : PlanMode.AUTO, now + KEPT.toNanos(),
                    Math.max(NEVER_SLOW, auto.median() * FAR_SLOWER));
        }
    }

    private synchronized void forget() {
        measured.values().forEach(Measured::clear);
        slowInTrial = 0;
        decision = null;
    }

    private Measured of(PlanMode mode) {
        return Objects.requireNonNull(measured.get(mode));
    }

    /** @param tooSlow nanoseconds beyond which one plan for all values does not fit the values of a call */
    private record Decision(PlanMode mode, long until, long tooSlow) {}

    /** The times of one mode. */
    private static final class Measured {

        private final long[] samples = new long[SAMPLES];
        private int calls;
        private long latest = Long.MAX_VALUE / SLOWER_IN_TRIAL;

        void add(long nanoseconds) {
            latest = nanoseconds;
            if (complete()) {
                return;
            }
            if (calls >= WARM_UP) {
                samples[calls - WARM_UP] = nanoseconds;
            }
            calls++;
        }

        /** Far too long where there has been no call yet. */
        long latest() {
            return latest;
        }

        boolean complete() {
            return calls == WARM_UP + SAMPLES;
        }

        long median() {
            long[] sorted = samples.clone();
            Arrays.sort(sorted);
            return sorted[SAMPLES / 2];
        }

        void clear() {
            calls = 0;
        }
    }
}
