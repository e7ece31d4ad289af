package dev.objectos.runtime.event;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The events that a bus is yet to tell of, everybody whom it tells, and the thread that does. */
final class BusQueue {

    private static final Logger LOG = LoggerFactory.getLogger(EventBus.class);

    /** Events that may wait to be told of. */
    static final int CAPACITY = 10_000;

    private final BlockingQueue<Object> queue = new LinkedBlockingQueue<>(CAPACITY);
    private final List<BusHandler> handlers = new CopyOnWriteArrayList<>();
    private final LongAdder published = new LongAdder();
    private final LongAdder dropped = new LongAdder();
    private final LongAdder vetoed = new LongAdder();
    private final EventBus.Guard guard;
    private final Thread thread;

    BusQueue(EventBus.Guard guard) {
        this.guard = guard;
        thread = Thread.ofVirtual().name("objectos-event-bus").start(this::run);
    }

    void publish(Object event) {
        published.increment();
        if (!queue.offer(event)) {
            dropped.increment();
            LOG.warn("Too many events wait, {} is dropped", event);
        }
    }

    void add(BusHandler handler) {
        handlers.add(handler);
    }

    void remove(BusHandler handler) {
        handlers.remove(handler);
    }

    EventBus.Statistics statistics() {
        return new EventBus.Statistics(published.sum(), dropped.sum(), vetoed.sum(), queue.size(),
                handlers.size());
    }

    private void run() {
        try {
            while (true) {
                Object event = queue.take();
                if (guard.admits(event)) {
                    tell(event);
                    guard.told(event);
                } else {
                    vetoed.increment();
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** By priority; those of the same one together. */
    private void tell(Object event) throws InterruptedException {
        List<BusHandler> left = new ArrayList<>(handlers.stream().filter(handler -> handler.wants(event))
                .sorted(Comparator.comparingInt(BusHandler::priority).reversed()).toList());
        while (!left.isEmpty()) {
            int priority = left.getFirst().priority();
            List<BusHandler> now = left.stream().filter(handler -> handler.priority() == priority).toList();
            long begun = System.nanoTime();
            now.forEach(handler -> handler.begin(event));
            for (BusHandler handler : now) {
                handler.await(begun);
            }
            left.removeAll(now);
        }
    }

    void close() {
        thread.interrupt();
    }
}
