package dev.objectos.runtime.database;

import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;

/** Does what is done again and again anyway: a failure is logged once, and not again until it has worked. */
public final class Retries {

    private final Logger log;
    private final String failure;
    private final AtomicBoolean troubled = new AtomicBoolean();

    /** @param failure what is said of the first one */
    public Retries(Logger log, String failure) {
        this.log = log;
        this.failure = failure;
    }

    /** Whatever the work throws is no reason to stop: a scheduler would forget a task that throws. */
    public void attempt(Runnable work) {
        try {
            work.run();
            troubled.set(false);
        } catch (RuntimeException | LinkageError e) {
            if (troubled.compareAndSet(false, true)) {
                log.warn("{}; it is tried again", failure, e);
            } else {
                log.debug("It still could not be done", e);
            }
        }
    }
}
