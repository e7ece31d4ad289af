package dev.objectos.runtime.event;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One subscription of the bus and the thread that its handler has at the moment. */
final class BusHandler implements BusSubscription {

    private static final Logger LOG = LoggerFactory.getLogger(EventBus.class);

    private final Predicate<Object> wants;
    private final Consumer<Object> handler;
    private final BusOptions options;
    private final Consumer<BusHandler> closing;
    private final LongAdder delivered = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder timedOut = new LongAdder();
    private final LongAdder missed = new LongAdder();
    private volatile boolean paused;
    private volatile boolean closed;
    // Of the bus's own thread alone.
    private @Nullable Thread thread;
    private boolean givenUp;

    BusHandler(Predicate<Object> wants, Consumer<Object> handler, BusOptions options, Consumer<BusHandler> closing) {
        this.wants = wants;
        this.handler = handler;
        this.options = options;
        this.closing = closing;
    }

    int priority() {
        return options.priority();
    }

    boolean wants(Object event) {
        return !closed && wants.test(event);
    }

    /** Begins to handle the event, unless it must be missed. */
    void begin(Object event) {
        if (paused || thread != null && thread.isAlive()) {
            missed.increment();
        } else {
            givenUp = false;
            thread = Thread.ofVirtual().name("objectos-bus").start(() -> handle(event));
        }
    }

    private void handle(Object event) {
        try {
            handler.accept(event);
            delivered.increment();
        } catch (Throwable e) {
            // Whatever a subscriber throws is its own matter.
            failed.increment();
            LOG.warn("A subscriber failed at {}", event, e);
        }
    }

    /** Waits for the handler, at most for its timeout. */
    void await(long begun) throws InterruptedException {
        Thread running = thread;
        // One that hangs since an earlier event was waited for then.
        if (running == null || givenUp) {
            return;
        }
        long left = options.timeout().toNanos() - (System.nanoTime() - begun);
        if (left > 0) {
            running.join(Duration.ofNanos(left));
        }
        if (running.isAlive()) {
            givenUp = true;
            timedOut.increment();
            LOG.warn("A subscriber took longer than {} ms", options.timeout().toMillis());
            running.interrupt();
        }
    }

    @Override
    public void pause() {
        paused = true;
    }

    @Override
    public void resume() {
        paused = false;
    }

    @Override
    public Statistics statistics() {
        return new Statistics(delivered.sum(), failed.sum(), timedOut.sum(), missed.sum());
    }

    @Override
    public void close() {
        closed = true;
        closing.accept(this);
    }
}
