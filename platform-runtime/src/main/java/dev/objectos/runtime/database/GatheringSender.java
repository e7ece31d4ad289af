package dev.objectos.runtime.database;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Sends what is to be said within a moment together, once each, on a thread of its own, and again until it was taken.
 *
 * @param <T> what is said; equal ones are one
 */
public final class GatheringSender<T> implements AutoCloseable {

    private static final Duration BETWEEN_SENDS = Duration.ofMillis(50);
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);

    /** From so many on, less is said that means more. */
    public static final int MOST = 1_000;

    private final Predicate<List<T>> send;
    private final Function<Collection<T>, Collection<T>> fewer;
    private final Thread thread;
    private final Set<T> pending = new LinkedHashSet<>();
    private boolean sending;
    private boolean closed;

    /**
     * @param thread its name
     * @param send answers whether it was taken
     * @param fewer says the same with less, where there is too much
     */
    public GatheringSender(String thread, Predicate<List<T>> send, Function<Collection<T>, Collection<T>> fewer) {
        this.send = send;
        this.fewer = fewer;
        this.thread = Thread.ofVirtual().name(thread).unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    public void say(T what) {
        synchronized (pending) {
            add(List.of(what));
            pending.notifyAll();
        }
    }

    private void add(List<T> more) {
        pending.addAll(more);
        if (pending.size() > MOST) {
            var less = List.copyOf(fewer.apply(pending));
            pending.clear();
            pending.addAll(less);
        }
    }

    /** Whether everything that was said is taken. */
    public boolean isIdle() {
        synchronized (pending) {
            return pending.isEmpty() && !sending;
        }
    }

    private List<T> take() {
        synchronized (pending) {
            sending = true;
            var taken = new ArrayList<>(pending);
            pending.clear();
            return taken;
        }
    }

    private void run() {
        try {
            while (awaitPending()) {
                TimeUnit.NANOSECONDS.sleep((sent(take()) ? BETWEEN_SENDS : BETWEEN_TRIES).toNanos());
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** @return false once there is nothing to wait for any more */
    private boolean awaitPending() throws InterruptedException {
        synchronized (pending) {
            while (pending.isEmpty() && !closed) {
                pending.wait();
            }
            return !closed;
        }
    }

    private boolean sent(List<T> now) {
        boolean taken = send.test(now);
        synchronized (pending) {
            sending = false;
            if (!taken) {
                add(now);
            }
        }
        return taken;
    }

    /** What is yet to be said is said before. */
    @Override
    public void close() {
        // An interrupt would break the connection that it sends over.
        synchronized (pending) {
            closed = true;
            pending.notifyAll();
        }
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        List<T> rest = take();
        if (!rest.isEmpty()) {
            sent(rest);
        }
    }
}
