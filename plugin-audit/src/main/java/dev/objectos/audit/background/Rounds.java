package dev.objectos.audit.background;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A thread that does something, rests, and does it again. It is never interrupted: that would cut the connection to the
 * database under a statement.
 */
public final class Rounds implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Supplier<Duration> work;
    private final Duration first;
    private final Semaphore wanted = new Semaphore(0);
    private final Thread thread;
    private volatile boolean closed;

    /**
     * @param first how long to rest before the first round
     * @param work a round; says how long to rest after it, and throws nothing
     */
    public Rounds(String name, Duration first, Supplier<Duration> work) {
        this.first = first;
        this.work = work;
        this.thread = Thread.ofVirtual().name(name).unstarted(this::loop);
    }

    public void start() {
        thread.start();
    }

    /** Ends the rest. */
    public void wake() {
        wanted.release();
    }

    private void loop() {
        try {
            Duration rest = first;
            while (!closed) {
                if (wanted.tryAcquire(rest.toMillis(), TimeUnit.MILLISECONDS)) {
                    wanted.drainPermits();
                }
                if (!closed) {
                    rest = work.get();
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** Lets a round that has begun end. */
    @Override
    public void close() {
        closed = true;
        wanted.release();
        try {
            thread.join(PATIENCE);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
