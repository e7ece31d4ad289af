package dev.objectos.runtime.event.delivery;

import dev.objectos.runtime.event.DeliveryPolicy;
import dev.objectos.runtime.event.EventFilter;
import dev.objectos.runtime.event.PostponedException;
import dev.objectos.runtime.event.RecordEvent;
import dev.objectos.runtime.session.Origin;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.EventSubscriber;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one subscriber's handler on this node. Handlers have platform threads of their own, for one that never ends would take
 * a carrier from every virtual thread of the server; their number is bounded. A handler past its patience stops counting
 * against the subscriber's concurrency, so that a few that hang hold nobody up.
 */
final class SubscriberWorker {

    private static final Logger LOG = LoggerFactory.getLogger(SubscriberWorker.class);

    /** Lanes claimed ahead of a quick handler, for each that is handled at once. */
    private static final int MOST_AHEAD = 8;

    /** Work that is claimed ahead: long enough to bridge a claim, short enough that other nodes get their part. */
    private static final long AHEAD_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final int id;
    private final EventSubscriber subscriber;
    private final EventFilter filter;
    private final DeliveryPolicy policy;
    private final Duration lease;
    private final long patienceNanos;
    private final int mostStalled;
    private final Delivery delivery;
    private final SubscriberMeters meters;
    private final ThreadPoolExecutor threads;

    // What follows is guarded by this.
    private final ArrayDeque<LaneRun> waiting = new ArrayDeque<>();
    private final Set<LaneRun> running = new HashSet<>();
    private final Set<LaneRun> stalled = new HashSet<>();
    private final Set<LaneRun> held = new HashSet<>();
    private double meanNanos = AHEAD_NANOS;
    private boolean closed;

    /** What all workers of a node share. */
    record Delivery(EventProperties properties, ScheduledExecutorService watch, Settler settler, DeliveryGuard guard) {}

    SubscriberWorker(int id, EventSubscriber subscriber, Delivery delivery, SubscriberMeters meters) {
        this.id = id;
        this.subscriber = subscriber;
        this.filter = subscriber.filter();
        this.policy = delivery.properties().policyOf(subscriber);
        this.lease = delivery.properties().leaseFor(policy);
        this.patienceNanos = delivery.properties().patience().toNanos();
        this.mostStalled = delivery.properties().stalled();
        this.delivery = delivery;
        this.meters = meters;
        ThreadFactory factory = Thread.ofPlatform().daemon().name("objectos-event-" + subscriber.name() + "-", 1)
                .factory();
        this.threads = new ThreadPoolExecutor(0, Integer.MAX_VALUE, 10, TimeUnit.SECONDS, new SynchronousQueue<>(),
                factory);
    }

    int id() {
        return id;
    }

    String name() {
        return subscriber.name();
    }

    DeliveryPolicy policy() {
        return policy;
    }

    Duration lease() {
        return lease;
    }

    SubscriberMeters meters() {
        return meters;
    }

    /** How many more lanes this node should claim. */
    synchronized int room() {
        if (closed || stalled.size() >= mostStalled && running.size() >= policy.concurrency()) {
            return 0;
        }
        int ahead = (int) Math.clamp(AHEAD_NANOS / Math.max(1, meanNanos), 1, MOST_AHEAD);
        return Math.max(0, policy.concurrency() * ahead - held.size());
    }

    synchronized void accept(List<ClaimedLane> lanes) {
        for (ClaimedLane lane : lanes) {
            var run = new LaneRun(lane, this);
            held.add(run);
            if (closed) {
                run.giveBack();
            } else {
                waiting.add(run);
            }
        }
        begin();
    }

    private void begin() {
        while (!waiting.isEmpty() && running.size() < policy.concurrency()
                && running.size() + stalled.size() < policy.concurrency() + mostStalled) {
            LaneRun run = waiting.remove();
            running.add(run);
            threads.execute(run);
        }
    }

    /** Whether a try begun now would end before the claim does. */
    boolean mayBegin(ClaimedLane lane) {
        long needed = policy.timeout().plus(LaneRun.MARGIN).toNanos();
        return !isClosed() && lane.endNanos() - System.nanoTime() > needed;
    }

    void handle(RecordEvent event) throws Exception {
        if (!filter.matches(event.change())) {
            return;
        }
        if (!delivery.guard().admits(name(), event)) {
            meters.dropped();
            return;
        }
        Session session = Session.system(event.change().tenant(), Origin.TRIGGER);
        @Nullable
        Throwable failure = null;
        try {
            ScopedValue.where(Session.CURRENT, session).call(() -> {
                subscriber.handle(event, session);
                return true;
            });
        } catch (Throwable e) {
            failure = e;
            throw e;
        } finally {
            delivery.guard().handled(name(), event, failure);
        }
    }

    void delivered(RecordEvent event, long nanos) {
        meters.delivered(event, nanos);
        took(nanos);
    }

    private synchronized void took(long nanos) {
        meanNanos = meanNanos * 0.9 + nanos * 0.1;
    }

    Outcome.End failed(RecordEvent event, Throwable failure) {
        meters.failed();
        if (event.attempt() < policy.tries()) {
            LOG.debug("{}: event {} failed for the {}. time", name(), event.id(), event.attempt(), failure);
            return new Outcome.Retry(event.id(), event.attempt(),
                    Backoff.after(event.attempt(), policy, ThreadLocalRandom.current()));
        }
        LOG.warn("{}: event {} ({} of {} {}) is given up after {} tries", name(), event.id(),
                event.change().action().word(), event.change().object(), event.change().record(), event.attempt(),
                failure);
        return dead(event, event.attempt(), Causes.text(failure));
    }

    /** A try that does not count. */
    Outcome.End postponed(RecordEvent event, PostponedException postponed) {
        LOG.debug("{}: event {} waits for {}: {}", name(), event.id(), postponed.delay(), postponed.getMessage());
        return new Outcome.Retry(event.id(), event.attempt() - 1, postponed.delay());
    }

    /** An event whose every try has taken its node down with it. */
    Outcome.End neverEnded(RecordEvent event) {
        int tries = event.attempt() - 1;
        LOG.warn("{}: event {} is given up: begun {} times, never ended", name(), event.id(), tries);
        return dead(event, tries,
                "Its handling was begun " + tries + " times and never ended, as if the server had been killed.");
    }

    private Outcome.End dead(RecordEvent event, int tries, String cause) {
        meters.dead();
        return new Outcome.Dead(event.id(), tries, cause);
    }

    Future<?> watch(Runnable look, long nanos) {
        return delivery.watch().schedule(look, nanos, TimeUnit.NANOSECONDS);
    }

    long firstLook() {
        return Math.min(patienceNanos, policy.timeout().toNanos());
    }

    /**
     * Takes a handler off the count of those that hold others up.
     *
     * @param always even where too many are stalled already
     */
    synchronized void stalls(LaneRun run, boolean always) {
        if ((always || stalled.size() < mostStalled) && running.remove(run)) {
            stalled.add(run);
            held.remove(run);
            begin();
            delivery.settler().wake();
        }
    }

    synchronized void ended(LaneRun run) {
        running.remove(run);
        stalled.remove(run);
        begin();
        notifyAll();
    }

    void report(LaneRun run, Outcome outcome) {
        delivery.settler().report(run, outcome);
    }

    synchronized void release(LaneRun run) {
        held.remove(run);
    }

    synchronized int active() {
        return running.size() + stalled.size();
    }

    /** Whether it begins nothing any more. */
    synchronized boolean isClosed() {
        return closed;
    }

    /** Begins nothing any more, gives back what was not begun, and waits for what runs. */
    void close(Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        stopBeginning().forEach(LaneRun::giveBack);
        unfinished(end).forEach(LaneRun::abandon);
        threads.shutdown();
    }

    /** Begins nothing any more; what was claimed and not begun. */
    synchronized List<LaneRun> stopBeginning() {
        closed = true;
        var left = new ArrayList<>(waiting);
        waiting.clear();
        return left;
    }

    private synchronized List<LaneRun> unfinished(long end) {
        try {
            while (active() > 0) {
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (left <= 0) {
                    break;
                }
                wait(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        var left = new ArrayList<>(running);
        left.addAll(stalled);
        return left;
    }
}
