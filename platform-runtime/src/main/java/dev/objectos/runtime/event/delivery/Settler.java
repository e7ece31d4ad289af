package dev.objectos.runtime.event.delivery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes outcomes down in a thread of its own: one at a time while it is calm, together when many come. */
final class Settler implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(Settler.class);

    private static final int TOGETHER = 500;
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final Settlement settlement;
    private final WakeUp dispatcher;
    // An empty entry ends the thread.
    private final BlockingQueue<Optional<Report>> queue = new LinkedBlockingQueue<>();
    private final Thread thread = Thread.ofPlatform().daemon().name("objectos-events-settle").unstarted(this);

    Settler(Settlement settlement, WakeUp dispatcher) {
        this.settlement = settlement;
        this.dispatcher = dispatcher;
    }

    /** An outcome and whose it is. */
    private record Report(LaneRun run, Outcome outcome) {}

    void start() {
        thread.start();
    }

    void report(LaneRun run, Outcome outcome) {
        queue.add(Optional.of(new Report(run, outcome)));
    }

    void wake() {
        dispatcher.signal();
    }

    @Override
    public void run() {
        var some = new ArrayList<Optional<Report>>();
        boolean open = true;
        while (open) {
            some.clear();
            try {
                some.add(queue.take());
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return;
            }
            queue.drainTo(some, TOGETHER);
            settle(some.stream().flatMap(Optional::stream).toList());
            open = some.stream().allMatch(Optional::isPresent);
        }
    }

    private void settle(List<Report> reports) {
        if (reports.isEmpty()) {
            return;
        }
        try {
            write(reports);
        } catch (RuntimeException together) {
            LOG.debug("{} outcomes could not be written down together", reports.size(), together);
            // One that the database refuses must not keep the others from being settled.
            reports.forEach(this::settleAlone);
        }
        reports.forEach(report -> report.run().settled());
        dispatcher.signal();
    }

    private void settleAlone(Report report) {
        while (true) {
            try {
                write(List.of(report));
                return;
            } catch (RuntimeException e) {
                if (!report.run().claimLasts()) {
                    LOG.warn(
                            "What was delivered could not be written down before the claim ended; it is delivered again",
                            e);
                    return;
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    private void write(List<Report> reports) {
        settlement.settle(reports.stream().map(Report::outcome).toList());
    }

    /** Writes down what was reported so far, and ends. */
    void close(Duration limit) {
        queue.add(Optional.empty());
        try {
            if (thread.isAlive() && !thread.join(limit)) {
                LOG.warn("Outcomes of events are left unwritten; these events are delivered again");
                thread.interrupt();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
