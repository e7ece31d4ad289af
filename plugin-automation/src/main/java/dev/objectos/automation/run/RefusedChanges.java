package dev.objectos.automation.run;

import dev.objectos.automation.run.RunLog.Refused;
import dev.objectos.runtime.spi.MutationDraft;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Changes that triggers have refused, until somebody writes them down: not in the change's own transaction, which is rolled
 * back. Where too many wait, some are forgotten.
 */
public final class RefusedChanges implements TriggerInterceptor.Refusals {

    private static final int CAPACITY = 1_000;

    private final BlockingQueue<Refused> waiting = new LinkedBlockingQueue<>(CAPACITY);

    @Override
    @SuppressWarnings("ReturnValueIgnored") // one that does not fit is forgotten
    public void refused(MutationDraft draft, String trigger, String reason, long micros) {
        waiting.offer(new Refused(draft.session().tenant(), trigger, draft.object().name(), draft.id(), draft.action(),
                draft.session().userId(), reason, micros, draft.now()));
    }

    /** The next one; null where there is none in time. */
    @Nullable
    Refused next(long millis) throws InterruptedException {
        return waiting.poll(millis, TimeUnit.MILLISECONDS);
    }
}
