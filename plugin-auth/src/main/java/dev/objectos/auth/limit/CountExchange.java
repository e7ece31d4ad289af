package dev.objectos.auth.limit;

import dev.objectos.auth.background.Repetition;
import dev.objectos.auth.limit.RequestLimits.Caller;
import java.time.Duration;
import java.util.Map;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Has the limits of all nodes hold together: every now and then this node tells what it has served, and takes what the others have
 * served from what is left here. No request waits for that, and none is refused while the database is away.
 */
public final class CountExchange implements SmartLifecycle {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final RequestLimits limits;
    private final RequestCounts counts;
    private final boolean wanted;
    private final Repetition repetition;

    /** @param wanted whether requests are counted at all */
    public CountExchange(RequestLimits limits, RequestCounts counts, Duration every, boolean wanted) {
        this.wanted = wanted;
        this.limits = limits;
        this.counts = counts;
        this.repetition = new Repetition("objectos-auth-limits", this::exchange, every, every,
                "Nodes do not hear how much the others serve; each counts alone until they do");
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
        repetition.start();
    }

    @Override
    public boolean isRunning() {
        return repetition.isRunning();
    }

    @Override
    public void stop() {
        repetition.end();
        try {
            boolean _ = repetition.isOver(PATIENCE);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
