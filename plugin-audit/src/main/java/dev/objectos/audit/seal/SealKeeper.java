package dev.objectos.audit.seal;

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
    private final Thread thread = Thread.ofVirtual().name("objectos-audit-seal").unstarted(this::loop);
    private volatile boolean closed;

    public SealKeeper(Sealer sealer, Duration pause) {
        this.sealer = sealer;
        this.pause = pause;
    }

    public void start() {
        thread.start();
    }

    private void loop() {
        String failure = "";
        while (!closed) {
            try {
                boolean more = sealer.pass().more();
                failure = "";
                if (!more) {
                    Thread.sleep(pause);
                }
            } catch (InterruptedException _) {
                return;
            } catch (DataAccessException | TransactionException | UnknownKeyException e) {
                failure = failed(String.valueOf(e.getMessage()), failure);
            }
        }
    }

    /** Says a thing once, and waits. */
    private String failed(String now, String before) {
        if (!now.equals(before) && !closed) {
            LOG.warn("The audit trail waits to be sealed: {}", now);
        }
        try {
            Thread.sleep(pause.multipliedBy(LONGER));
        } catch (InterruptedException _) {
            closed = true;
        }
        return now;
    }

    /** Seals once more: what this server has written last need not wait for the next one. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join(Duration.ofSeconds(5));
            sealer.pass();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (DataAccessException | TransactionException | UnknownKeyException e) {
            LOG.debug("The latest entries of the audit trail wait to be sealed: {}", e.getMessage());
        }
    }
}
