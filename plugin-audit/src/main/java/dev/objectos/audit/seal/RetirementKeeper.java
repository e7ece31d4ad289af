package dev.objectos.audit.seal;

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

    private final Retiring retiring;
    private final Thread thread = Thread.ofVirtual().name("objectos-audit-retention").unstarted(this::loop);

    public RetirementKeeper(Retiring retiring) {
        this.retiring = retiring;
    }

    public void start() {
        thread.start();
    }

    private void loop() {
        try {
            while (true) {
                // Not at once: the start of a server has better things to do.
                Thread.sleep(PAUSE);
                look();
            }
        } catch (InterruptedException _) {
            // The server stops.
        }
    }

    private void look() {
        try {
            retiring.pass();
        } catch (DataAccessException | TransactionException | UncheckedIOException e) {
            LOG.warn("What is over in the audit trail is still there: {}", e.toString());
        }
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
