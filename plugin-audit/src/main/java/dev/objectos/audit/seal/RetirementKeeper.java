package dev.objectos.audit.seal;

import dev.objectos.audit.background.Rounds;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** Looks once an hour for what is over. */
public final class RetirementKeeper implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RetirementKeeper.class);

    private static final Duration PAUSE = Duration.ofHours(1);

    /** Not at once: the start of a server has better things to do. */
    private static final Duration FIRST = Duration.ofMinutes(5);

    private final Retiring retiring;
    private final Rounds rounds = new Rounds("objectos-audit-retention", FIRST, this::round);

    public RetirementKeeper(Retiring retiring) {
        this.retiring = retiring;
    }

    public void start() {
        rounds.start();
    }

    private Duration round() {
        try {
            retiring.pass();
        } catch (DataAccessException | TransactionException | UncheckedIOException e) {
            LOG.warn("What is over in the audit trail is still there: {}", e.toString());
        }
        return PAUSE;
    }

    @Override
    public void close() {
        rounds.close();
    }
}
