package dev.objectos.runtime.health;

import dev.objectos.runtime.spi.HealthProbe;
import dev.objectos.runtime.spi.HealthResult;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One check in a thread of its own; all else belongs to the thread that makes the round. */
final class ProbeRun {

    private final HealthProbe probe;
    private final FutureTask<HealthResult> task;
    private final Thread thread;
    private final long begun = System.nanoTime();
    private boolean givenUp;

    private ProbeRun(HealthProbe probe) {
        this.probe = probe;
        this.task = new FutureTask<>(probe::check);
        this.thread = Thread.ofVirtual().name("objectos-probe-" + probe.name()).start(task);
    }

    static ProbeRun begin(HealthProbe probe) {
        return new ProbeRun(probe);
    }

    /** What the check found; down where it threw, or took too long. */
    HealthResult await() throws InterruptedException {
        long left = probe.timeout().toNanos() - (System.nanoTime() - begun);
        try {
            return task.get(Math.max(0, left), TimeUnit.NANOSECONDS);
        } catch (TimeoutException _) {
            givenUp = true;
            task.cancel(true);
            return HealthResult.down("no answer within " + probe.timeout().toMillis() + " ms");
        } catch (ExecutionException e) {
            return HealthResult.down(String.valueOf(e.getCause()));
        } catch (CancellationException _) {
            return HealthResult.down("ended before it answered");
        }
    }

    Duration took() {
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    /** Whether the check still runs, although nobody waits for it. */
    boolean hangs() {
        return givenUp && thread.isAlive();
    }
}
