package dev.objectos.audit.seal;

import dev.objectos.audit.background.Rounds;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** Seals in the background, every second as a rule. */
public final class SealKeeper implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SealKeeper.class);

    /** After a failure; the reason stays for a while. */
    private static final int LONGER = 15;

    private final Sealer sealer;
    private final Duration pause;
    private final Rounds rounds;
    private String failure = "";

    public SealKeeper(Sealer sealer, Duration pause) {
        this.sealer = sealer;
        this.pause = pause;
        this.rounds = new Rounds("objectos-audit-seal", pause, this::round);
    }

    public void start() {
        rounds.start();
    }

    private Duration round() {
        try {
            Duration rest = sealer.pass().more() ? Duration.ZERO : pause;
            failure = "";
            return rest;
        } catch (DataAccessException | TransactionException | UnknownKeyException e) {
            String now = String.valueOf(e.getMessage());
            if (!now.equals(failure)) {
                LOG.warn("The audit trail waits to be sealed: {}", now);
            }
            failure = now;
            return pause.multipliedBy(LONGER);
        }
    }

    /** Seals once more: what this server has written last need not wait for the next one. */
    @Override
    public void close() {
        rounds.close();
        round();
    }
}
