package dev.objectos.runtime.event;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of events inside this process. Publishing returns at once; events are told of one after another in the order in which
 * they were published. Nothing survives the process: what must not be lost belongs to {@code spi.EventSubscriber}.
 */
public final class EventBus implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EventBus.class);

    /** Events that may wait to be told of. */
    static final int CAPACITY = 10_000;

    private final BlockingQueue<Object> queue = new LinkedBlockingQueue<>(CAPACITY);
    private final List<BusHandler> handlers = new CopyOnWriteArrayList<>();
    private final LongAdder published = new LongAdder();
    private final LongAdder dropped = new LongAdder();
    private final LongAdder vetoed = new LongAdder();
    private final Guard guard;
    private final Thread thread;

    /** What every event passes before and after it is told of; called in the bus's own thread. */
    public interface Guard {

        /** Lets everything pass. */
        Guard OPEN = new Guard() {

            @Override
            public boolean admits(Object event) {
                return true;
            }

            @Override
            public void told(Object event) {}
        };

        /** Whether anybody is told of it; must not throw. */
        boolean admits(Object event);

        /** Everybody who wanted to know of it has been told; must not throw. */
        void told(Object event);
    }

    public EventBus() {
        this(Guard.OPEN);
    }

    public EventBus(Guard guard) {
        this.guard = guard;
        thread = Thread.ofVirtual().name("objectos-event-bus").start(this::run);
    }

    /** Tells everybody who subscribed to the event's type or name; dropped, and counted, where too many wait already. */
    public void publish(Object event) {
        published.increment();
        if (!queue.offer(event)) {
            dropped.increment();
            LOG.warn("Too many events wait, {} is dropped", event);
        }
    }

    /** Hears of events of that type, subtypes among them. */
    public <E> BusSubscription subscribe(Class<E> type, Consumer<? super E> handler) {
        return subscribe(type, BusOptions.DEFAULT, handler);
    }

    public <E> BusSubscription subscribe(Class<E> type, BusOptions options, Consumer<? super E> handler) {
        return add(
                new BusHandler(type::isInstance, event -> handler.accept(type.cast(event)), options, handlers::remove,
                        handler.getClass().getClassLoader()));
    }

    /**
     * Hears of named events.
     *
     * @param pattern such as {@code metadata.published} or {@code plugin.*}; a last {@code **} stands for several words
     */
    public BusSubscription subscribe(String pattern, BusOptions options, Consumer<PlatformEvent> handler) {
        var names = new EventPattern(pattern);
        return add(new BusHandler(event -> event instanceof PlatformEvent named && names.matches(named.name()),
                event -> handler.accept((PlatformEvent) event), options, handlers::remove,
                handler.getClass().getClassLoader()));
    }

    private BusHandler add(BusHandler handler) {
        handlers.add(handler);
        return handler;
    }

    /** Ends the subscriptions of everybody whose code that loader has loaded. */
    public void forget(ClassLoader loader) {
        handlers.stream().filter(handler -> handler.isOf(loader)).forEach(BusHandler::close);
    }

    /**
     * What the bus has done so far.
     *
     * @param dropped events that nobody was told of, because too many waited
     * @param vetoed events that a hook has kept from everybody
     * @param waiting events that are yet to be told of
     */
    public record Statistics(long published, long dropped, long vetoed, int waiting, int subscriptions) {}

    public Statistics statistics() {
        return new Statistics(published.sum(), dropped.sum(), vetoed.sum(), queue.size(), handlers.size());
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

    /** Tells of nothing any more. */
    @Override
    public void close() {
        thread.interrupt();
    }
}
