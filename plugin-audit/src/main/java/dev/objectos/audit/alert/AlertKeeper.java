package dev.objectos.audit.alert;

import dev.objectos.runtime.background.Rounds;
import dev.objectos.runtime.background.Rounds.Rests;
import java.time.Duration;

/** Looks again and again whether somebody is to be told. */
public final class AlertKeeper implements AutoCloseable {

    private final Rounds rounds;

    public AlertKeeper(Alerts alerts, Duration pause) {
        this.rounds = new Rounds("objectos-audit-alerts", Rests.of(pause), "Audit alerts could not be looked for",
                alerts::pass);
    }

    public void start() {
        rounds.start();
    }

    @Override
    public void close() {
        rounds.close();
    }
}
