package dev.objectos.runtime.event.delivery;

import dev.objectos.runtime.event.Subscription;
import dev.objectos.runtime.spi.EventSubscriber;
import dev.objectos.runtime.spi.EventSubscriptions;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers events on this node: routes what was committed, claims what is due for the subscribers that are here, and hands it
 * to their workers. Woken by commits and by other nodes; looks for itself where nobody wakes it.
 */
public final class EventDispatcher implements EventSubscriptions {

    private static final Logger LOG = LoggerFactory.getLogger(EventDispatcher.class);

    private static final int ROUTED_TOGETHER = 1_000;
    private static final long HOUSEKEEPING = TimeUnit.MINUTES.toNanos(1);
    private static final long LONGEST_PAUSE = TimeUnit.SECONDS.toNanos(10);

    /** Between two looks into the database while commits come without a pause. */
    private static final long BREATH = TimeUnit.MILLISECONDS.toNanos(5);

    private final List<EventSubscriber> first;
    private final EventProperties properties;
    private final MeterRegistry registry;
    private final Clock clock;
    private final CommitSignal commits;
    private final WakeUp wakeUp;
    private final Routing routing;
    private final Lanes lanes;
    private final KnownSubscribers known;
    private final FinishedEvents finished;
    private final ChangeLog changes;
    private final Settler settler;
    private final NodeNotices notices;
    private final DeliveryGuard guard;
    private final Counter published;
    private final ScheduledThreadPoolExecutor watch;
    private final List<SubscriberWorker> workers = new CopyOnWriteArrayList<>();
    private final Thread thread = Thread.ofPlatform().daemon().name("objectos-events-dispatch").unstarted(this::loop);
    private volatile boolean stopping;
    // Of the dispatcher's thread alone.
    private long housekept;
    private boolean owed;

    /**
     * @param worker connections of the role that may see the tables of events
     * @param direct the same past any pool
     * @param subscribers those that are there from the start
     * @param guard what every event passes on its way to a subscriber
     */
    public EventDispatcher(DataSource worker, DataSource direct, List<EventSubscriber> subscribers,
            EventProperties properties, CommitSignal commits, DeliveryGuard guard, MeterRegistry registry,
            Clock clock) {
        this.first = List.copyOf(subscribers);
        this.properties = properties;
        this.registry = registry;
        this.clock = clock;
        this.guard = guard;
        this.commits = commits;
        this.wakeUp = commits.wakeUp();
        var database = new EventDatabase(worker);
        routing = new Routing(database, properties.changes());
        changes = new ChangeLog(database, properties.changes());
        lanes = new Lanes(database);
        known = new KnownSubscribers(database);
        finished = new FinishedEvents(database);
        settler = new Settler(new Settlement(database, properties.keep().isPositive()), wakeUp);
        notices = new NodeNotices(database, direct, commits);
        published = registry.counter("objectos.events.published");
        watch = new ScheduledThreadPoolExecutor(1,
                Thread.ofPlatform().daemon().name("objectos-events-watch").factory());
        watch.setRemoveOnCancelPolicy(true);
    }

    /** Begins to deliver. */
    public void start() {
        first.forEach(this::add);
        settler.start();
        if (properties.listen()) {
            notices.listen();
        }
        housekept = System.nanoTime();
        thread.start();
    }

    @Override
    public synchronized Subscription add(EventSubscriber subscriber) {
        if (workers.stream().anyMatch(worker -> worker.name().equals(subscriber.name()))) {
            throw new IllegalStateException("there is an event subscriber called " + subscriber.name() + " already");
        }
        var meters = new SubscriberMeters(subscriber.name(), registry, clock);
        var worker = new SubscriberWorker(known.announce(subscriber), subscriber,
                new SubscriberWorker.Delivery(properties, watch, settler, guard), meters);
        meters.running(worker, SubscriberWorker::active);
        workers.add(worker);
        wakeUp.signal();
        return () -> remove(worker);
    }

    private void remove(SubscriberWorker worker) {
        if (workers.remove(worker)) {
            worker.close(properties.drain());
            worker.meters().close();
        }
    }

    private void loop() {
        int failures = 0;
        while (!stopping) {
            long began = System.nanoTime();
            long pause;
            try {
                pause = cycle();
                failures = 0;
            } catch (RuntimeException e) {
                failures++;
                if (failures == 1) {
                    LOG.warn("Events wait: {}", e.toString());
                }
                LOG.debug("Events wait, for the {}. time", failures, e);
                pause = Math.min(LONGEST_PAUSE, properties.poll().toNanos() << Math.min(failures, 6));
            }
            wakeUp.await(pause);
            breathe(began);
        }
    }

    /** Commits that come close together share a look. */
    private static void breathe(long began) {
        long left = began + BREATH - System.nanoTime();
        if (left > 0) {
            LockSupport.parkNanos(left);
        }
    }

    /** @return nanoseconds after which there is surely something to do again */
    private long cycle() {
        if (System.nanoTime() - housekept > HOUSEKEEPING) {
            housekept = System.nanoTime();
            housekeep();
        }
        Routing.Routed routed = routing.route(ROUTED_TOGETHER);
        published.increment(routed.taken());
        if (routed.kept()) {
            commits.logged();
            owed = true;
        }
        boolean more = routed.taken() == ROUTED_TOGETHER;
        Set<Integer> here = workers.stream().map(SubscriberWorker::id).collect(Collectors.toSet());
        owed |= !here.containsAll(routed.subscribers());
        long next = properties.poll().toMillis();
        Map<Integer, Long> due = here.isEmpty() ? Map.of() : lanes.due(here);
        for (SubscriberWorker worker : workers) {
            long millis = due.getOrDefault(worker.id(), Long.MAX_VALUE);
            worker.meters().overdue(-millis);
            if (millis > 0) {
                next = Math.min(next, millis);
            } else if (!claim(worker)) {
                owed |= routed.subscribers().contains(worker.id());
                more |= worker.room() > 0;
            }
        }
        if (owed) {
            owed = !notices.send();
            next = owed ? Math.min(next, NodeNotices.BETWEEN_NOTICES_MILLIS) : next;
        }
        return more ? 0 : TimeUnit.MILLISECONDS.toNanos(next);
    }

    /** @return whether nothing due is left for others */
    private boolean claim(SubscriberWorker worker) {
        int room = worker.room();
        if (room == 0) {
            // Whatever gives it room wakes the dispatcher.
            return false;
        }
        List<ClaimedLane> claimed = lanes.claim(worker.id(), room, worker.lease());
        worker.accept(claimed);
        return claimed.size() < room;
    }

    private void housekeep() {
        known.seen(workers.stream().map(SubscriberWorker::id).toList());
        known.forget(properties.forget()).forEach(
                name -> LOG.warn("No server has had the event subscriber {} for {}; it is forgotten", name,
                        properties.forget()));
        finished.purge(properties.keep());
        changes.purge();
    }

    /** Begins nothing any more, gives back what was not begun, and waits for running handlers. */
    public void stop() {
        long end = System.nanoTime() + properties.drain().toNanos();
        stopping = true;
        // Before anything that takes time: who runs must not go on with the next event of its lane meanwhile.
        workers.forEach(worker -> worker.stopBeginning().forEach(LaneRun::giveBack));
        wakeUp.signal();
        notices.close();
        join();
        workers.forEach(worker -> worker.close(Duration.ofNanos(Math.max(0, end - System.nanoTime()))));
        settler.close(properties.drain());
        watch.shutdownNow();
    }

    /** Whether no handler is begun any more; some may still run. */
    boolean beginsNothing() {
        return stopping && workers.stream().allMatch(SubscriberWorker::isClosed);
    }

    private void join() {
        try {
            if (thread.isAlive() && !thread.join(properties.drain())) {
                LOG.warn("The database did not answer while the delivery of events was stopped");
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
