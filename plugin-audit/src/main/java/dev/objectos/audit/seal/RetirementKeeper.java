package dev.objectos.audit.seal;

import dev.objectos.runtime.background.Rounds;
import dev.objectos.runtime.background.Rounds.Rests;
import java.time.Duration;

/** Looks once an hour for what is over. */
public final class RetirementKeeper implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofHours(1);

    /** Not at once: the start of a server has better things to do. */
    private static final Duration FIRST = Duration.ofMinutes(5);

    private final Rounds rounds;

    public RetirementKeeper(Retiring retiring) {
        this.rounds = new Rounds("objectos-audit-retention", new Rests(FIRST, PAUSE, PAUSE),
                "What is over in the audit trail is still there", retiring::pass);
    }

    public void start() {
        rounds.start();
    }

    @Override
    public void close() {
        rounds.close();
    }
}
