package dev.objectos.runtime.event;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Tells of events inside this process. Publishing returns at once; events are told of one after another in the order in which
 * they were published. Nothing survives the process: what must not be lost belongs to {@code spi.EventSubscriber}.
 */
public final class EventBus implements AutoCloseable {

    private final BusQueue queue;
    private final boolean branch;
    private final Set<BusHandler> own = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

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
        this(new BusQueue(guard), false);
    }

    private EventBus(BusQueue queue, boolean branch) {
        this.queue = queue;
        this.branch = branch;
    }

    /** The same bus for somebody who comes and goes: closing the branch ends what was subscribed through it, and no more. */
    public EventBus branch() {
        return new EventBus(queue, true);
    }

    /** Tells everybody who subscribed to the event's type or name; dropped, and counted, where too many wait already. */
    public void publish(Object event) {
        queue.publish(event);
    }

    /** Hears of events of that type, subtypes among them. */
    public <E> BusSubscription subscribe(Class<E> type, Consumer<? super E> handler) {
        return subscribe(type, BusOptions.DEFAULT, handler);
    }

    public <E> BusSubscription subscribe(Class<E> type, BusOptions options, Consumer<? super E> handler) {
        return add(new BusHandler(type::isInstance, event -> handler.accept(type.cast(event)), options, this::end));
    }

    /**
     * Hears of named events.
     *
     * @param pattern such as {@code metadata.published} or {@code plugin.*}; a last {@code **} stands for several words
     */
    public BusSubscription subscribe(String pattern, BusOptions options, Consumer<PlatformEvent> handler) {
        var names = new EventPattern(pattern);
        return add(new BusHandler(event -> event instanceof PlatformEvent named && names.matches(named.name()),
                event -> handler.accept((PlatformEvent) event), options, this::end));
    }

    private BusHandler add(BusHandler handler) {
        own.add(handler);
        queue.add(handler);
        if (closed) {
            handler.close();
            throw new IllegalStateException("this branch of the bus is closed, and hears of nothing any more");
        }
        return handler;
    }

    private void end(BusHandler handler) {
        own.remove(handler);
        queue.remove(handler);
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
        return queue.statistics();
    }

    /** Tells of nothing any more; of a branch, those who subscribed through it. */
    @Override
    public void close() {
        closed = true;
        if (branch) {
            own.forEach(BusHandler::close);
        } else {
            queue.close();
        }
    }
}
