package dev.objectos.audit.alert;

import dev.objectos.audit.background.Rounds;
import dev.objectos.runtime.PlatformException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** Looks again and again whether somebody is to be told. */
public final class AlertKeeper implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AlertKeeper.class);

    private final Alerts alerts;
    private final Duration pause;
    private final Rounds rounds;

    public AlertKeeper(Alerts alerts, Duration pause) {
        this.alerts = alerts;
        this.pause = pause;
        this.rounds = new Rounds("objectos-audit-alerts", pause, this::round);
    }

    public void start() {
        rounds.start();
    }

    private Duration round() {
        try {
            alerts.pass();
        } catch (DataAccessException | TransactionException | PlatformException e) {
            LOG.warn("Audit alerts could not be looked for; it is tried again: {}", e.toString());
        }
        return pause;
    }

    @Override
    public void close() {
        rounds.close();
    }
}
