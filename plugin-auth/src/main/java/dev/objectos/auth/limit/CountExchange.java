package dev.objectos.auth.limit;

import dev.objectos.auth.limit.RequestLimits.Caller;
import dev.objectos.runtime.background.Rounds;
import dev.objectos.runtime.background.Rounds.Rests;
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

    private final RequestLimits limits;
    private final RequestCounts counts;
    private final boolean wanted;
    private final Rounds rounds;

    /** @param wanted whether requests are counted at all */
    public CountExchange(RequestLimits limits, RequestCounts counts, Duration every, boolean wanted) {
        this.wanted = wanted;
        this.limits = limits;
        this.counts = counts;
        this.rounds = new Rounds("objectos-auth-limits", Rests.of(every),
                "Nodes do not hear how much the others serve; each counts alone until they do", this::exchange);
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
        rounds.start();
    }

    @Override
    public boolean isRunning() {
        return rounds.isRunning();
    }

    @Override
    public void stop() {
        rounds.close();
    }
}
