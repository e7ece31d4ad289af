package dev.objectos.auth.limit;

import dev.objectos.auth.limit.RequestLimits.Caller;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Has the limits of all nodes hold together: every now and then this node tells what it has served, and takes what the others have
 * served from what is left here. No request waits for that, and none is refused while the database is away.
 */
public final class CountExchange implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(CountExchange.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final RequestLimits limits;
    private final RequestCounts counts;
    private final Duration every;
    private final boolean wanted;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread thread = Thread.ofVirtual().name("objectos-auth-limits").unstarted(this::loop);
    private volatile boolean running;

    /** @param wanted whether requests are counted at all */
    public CountExchange(RequestLimits limits, RequestCounts counts, Duration every, boolean wanted) {
        this.wanted = wanted;
        this.limits = limits;
        this.counts = counts;
        this.every = every;
    }

    /** Tells, and hears. */
    void exchange() {
        Map<Caller, Long> served = limits.untold();
        try {
            counts.tell(served);
        } catch (DataAccessException | TransactionException e) {
            limits.notTold(served);
            throw e;
        }
        counts.news().forEach(limits::servedElsewhere);
    }

    @Override
    public boolean isAutoStartup() {
        return wanted;
    }

    @Override
    public void start() {
        running = true;
        thread.start();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public void stop() {
        running = false;
        stopped.countDown();
        try {
            boolean _ = thread.join(PATIENCE);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void loop() {
        boolean failing = false;
        try {
            while (!stopped.await(every.toMillis(), TimeUnit.MILLISECONDS)) {
                try {
                    exchange();
                    failing = false;
                } catch (DataAccessException | TransactionException e) {
                    if (!failing && running) {
                        LOG.warn("Nodes do not hear how much the others serve; each counts alone until they do", e);
                    }
                    failing = true;
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
