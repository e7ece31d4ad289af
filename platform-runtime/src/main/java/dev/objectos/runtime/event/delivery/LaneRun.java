package dev.objectos.runtime.event.delivery;

import dev.objectos.runtime.event.PostponedException;
import dev.objectos.runtime.event.RecordEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Delivers what was claimed of one lane, event after event, in one thread. Reports exactly once: from that thread, or over its
 * head when a handler takes too long.
 */
final class LaneRun implements Runnable {

    /** What must be left of a claim beyond the timeout of a try that is begun. */
    static final Duration MARGIN = Duration.ofSeconds(2);

    private final ClaimedLane lane;
    private final SubscriberWorker worker;
    private final List<Long> delivered = new ArrayList<>();
    private @Nullable Thread thread;
    private @Nullable RecordEvent current;
    private @Nullable Future<?> watch;
    private long begun;
    private boolean reported;

    LaneRun(ClaimedLane lane, SubscriberWorker worker) {
        this.lane = lane;
        this.worker = worker;
    }

    @Override
    public void run() {
        try {
            for (RecordEvent event : lane.events()) {
                if (!worker.mayBegin(lane)) {
                    report(untried(event));
                    return;
                }
                if (event.attempt() > worker.policy().tries()) {
                    report(worker.neverEnded(event));
                    return;
                }
                if (!deliver(event)) {
                    return;
                }
            }
            report(new Outcome.Through());
        } finally {
            // Whatever the handler has left of an interruption must not reach the thread's next work.
            Thread.interrupted();
            worker.ended(this);
        }
    }

    /** @return whether to go on with the next event */
    private boolean deliver(RecordEvent event) {
        begin(event);
        Throwable failure = null;
        try {
            worker.handle(event);
        } catch (Throwable e) {
            // A plugin may throw anything, LinkageError and StackOverflowError among it; all of it is a failed try.
            failure = e;
        }
        if (!end(event, failure == null)) {
            return false;
        }
        if (failure != null) {
            report(failure instanceof PostponedException postponed
                    ? worker.postponed(event, postponed)
                    : worker.failed(event, failure));
        }
        return failure == null;
    }

    private synchronized void begin(RecordEvent event) {
        thread = Thread.currentThread();
        current = event;
        begun = System.nanoTime();
        watch = worker.watch(this::look, worker.firstLook());
    }

    /** Whether the try is still ours to judge, and not given up already. */
    private synchronized boolean end(RecordEvent event, boolean success) {
        if (watch != null) {
            watch.cancel(false);
        }
        current = null;
        if (reported) {
            return false;
        }
        if (success) {
            delivered.add(event.id());
            worker.delivered(event, System.nanoTime() - begun);
        }
        return true;
    }

    /** What the watch does: first takes the handler off the count of those that hold others up, in the end gives up. */
    private synchronized void look() {
        RecordEvent event = current;
        if (event == null || reported) {
            return;
        }
        long left = begun + worker.policy().timeout().toNanos() - System.nanoTime();
        if (left > TimeUnit.MILLISECONDS.toNanos(1)) {
            worker.stalls(this, false);
            watch = worker.watch(this::look, left);
            return;
        }
        worker.stalls(this, true);
        report(worker.failed(event,
                new TimeoutException("no end after " + worker.policy().timeout().toMillis() + " ms")));
        interrupt();
    }

    /** Gives the lane back although its handler still runs; the node is about to stop. */
    synchronized void abandon() {
        RecordEvent event = current;
        if (event != null && !reported) {
            report(untried(event));
            interrupt();
        }
    }

    /** Gives the lane back before anything was begun. */
    void giveBack() {
        report(lane.events().isEmpty() ? new Outcome.Through() : untried(lane.events().getFirst()));
    }

    private static Outcome.Untried untried(RecordEvent event) {
        return new Outcome.Untried(event.id(), event.attempt() - 1);
    }

    private void interrupt() {
        if (thread != null) {
            thread.interrupt();
        }
    }

    private synchronized void report(Outcome.End end) {
        if (!reported) {
            reported = true;
            worker.report(this, new Outcome(lane, delivered, end));
        }
    }

    /** Called once the outcome is written down. */
    void settled() {
        worker.release(this);
    }

    boolean claimLasts() {
        return System.nanoTime() < lane.endNanos();
    }
}
