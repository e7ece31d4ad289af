package dev.objectos.audit.seal;

import dev.objectos.runtime.background.Rounds;
import dev.objectos.runtime.background.Rounds.Rests;
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
    private final Rounds rounds;

    public SealKeeper(Sealer sealer, Duration pause) {
        this.sealer = sealer;
        this.rounds = new Rounds("objectos-audit-seal", new Rests(pause, pause, pause.multipliedBy(LONGER)),
                "The audit trail waits to be sealed", this::seal);
    }

    public void start() {
        rounds.start();
    }

    private void seal() {
        boolean more = true;
        while (more && !rounds.isEnding()) {
            more = sealer.pass().more();
        }
    }

    /** Seals once more: what this server has written last need not wait for the next one. */
    @Override
    public void close() {
        rounds.close();
        try {
            sealer.pass();
        } catch (DataAccessException | TransactionException | UnknownKeyException e) {
            LOG.warn("The last entries of the audit trail are sealed after the next start: {}", e.toString());
        }
    }
}
