package dev.objectos.automation.run;

import dev.objectos.automation.run.RunLog.Refused;
import dev.objectos.runtime.session.Origin;
import dev.objectos.runtime.session.Session;
import java.time.Duration;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Looks after the log of runs in the background: collects what was noted, writes down what was refused, begins runs that
 * nobody was told of, and removes old ones.
 */
public final class RunKeeper implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RunKeeper.class);

    private static final int TOGETHER = 1_000;
    private static final long PAUSE_MILLIS = 1_000;
    private static final Duration FORGOTTEN = Duration.ofMinutes(1);
    private static final long SWEEP_NANOS = Duration.ofSeconds(15).toNanos();
    private static final long PURGE_NANOS = Duration.ofHours(1).toNanos();

    private final RunLog log;
    private final RunExecutor executor;
    private final RefusedChanges refusals;
    private final Duration keep;
    private final Thread thread = Thread.ofVirtual().name("objectos-automation-runs").unstarted(this::loop);
    private volatile boolean closed;

    /** @param keep how long runs stay in the log */
    public RunKeeper(RunLog log, RunExecutor executor, RefusedChanges refusals, Duration keep) {
        this.log = log;
        this.executor = executor;
        this.refusals = refusals;
        this.keep = keep;
    }

    public void start() {
        thread.start();
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void loop() {
        long swept = System.nanoTime();
        long purged = swept - PURGE_NANOS;
        boolean failing = false;
        while (!closed) {
            try {
                Refused refused = refusals.next(PAUSE_MILLIS);
                if (refused != null) {
                    log.refused(refused);
                }
                while (log.collect(TOGETHER) == TOGETHER) {
                    // until nothing is left
                }
                if (System.nanoTime() - swept > SWEEP_NANOS) {
                    swept = System.nanoTime();
                    sweep();
                }
                if (System.nanoTime() - purged > PURGE_NANOS) {
                    purged = System.nanoTime();
                    log.purge(keep);
                }
                failing = false;
            } catch (InterruptedException _) {
                return;
            } catch (DataAccessException e) {
                if (!failing && !closed) {
                    LOG.warn("The log of triggers waits: {}", e.toString());
                }
                failing = true;
            }
        }
    }

    private void sweep() {
        for (RunLog.Forgotten run : log.forgotten(FORGOTTEN, TOGETHER)) {
            UUID id = run.id();
            try {
                executor.execute(id, Session.system(run.tenant(), Origin.TRIGGER));
            } catch (UnfinishedRunException e) {
                LOG.debug("The run {} is not finished: {}", id, e.toString());
            }
        }
    }
}
