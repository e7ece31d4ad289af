package dev.objectos.runtime.sql;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Lets so many reads at a time through to the database, first come, first served. Where it shares its cores with the
 * server, more than keep these busy gain nothing: the operating system then serves them in no order, and the slowest take
 * several times as long (decision 0035). A read that takes long keeps nobody waiting: after a while it no longer counts.
 */
public final class Turnstile implements AutoCloseable {

    private static final Duration OVERTIME = Duration.ofMillis(20);

    private static final Duration BETWEEN_CHECKS = Duration.ofMillis(10);

    private final Semaphore places;
    private final Duration overtime;
    private final Set<Turn> turns = ConcurrentHashMap.newKeySet();
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicBoolean checked = new AtomicBoolean();
    private final ScheduledThreadPoolExecutor checks;

    /** @param places how many reads at a time, more than 0 */
    public Turnstile(int places) {
        this(places, OVERTIME);
    }

    /** @param overtime how long a read counts */
    Turnstile(int places, Duration overtime) {
        if (places < 1) {
            throw new IllegalArgumentException("nothing could be read with " + places + " reads at a time");
        }
        this.places = new Semaphore(places, true);
        this.overtime = overtime;
        this.checks = new ScheduledThreadPoolExecutor(1,
                Thread.ofPlatform().daemon().name("objectos-turnstile").factory(),
                new ThreadPoolExecutor.DiscardPolicy());
    }

    /** One that nobody has to wait at. */
    static Turnstile open() {
        return new Turnstile(Integer.MAX_VALUE);
    }

    /** How many wait. */
    public int waiting() {
        return places.getQueueLength();
    }

    /** Waits for a turn, which is to be closed after the read. */
    Turn take() {
        if (places.hasQueuedThreads() || !places.tryAcquire()) {
            await();
        }
        var turn = new Turn(System.nanoTime());
        turns.add(turn);
        return turn;
    }

    int free() {
        return places.availablePermits();
    }

    private void await() {
        waiting.incrementAndGet();
        try {
            checkSoon();
            places.acquireUninterruptibly();
        } finally {
            waiting.decrementAndGet();
        }
    }

    private void checkSoon() {
        if (!checked.get() && checked.compareAndSet(false, true)) {
            checks.schedule(this::check, BETWEEN_CHECKS.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private void check() {
        long now = System.nanoTime();
        turns.stream().filter(turn -> now - turn.since > overtime.toNanos()).forEach(Turn::giveUp);
        checked.set(false);
        if (waiting.get() > 0) {
            checkSoon();
        }
    }

    @Override
    public void close() {
        checks.shutdownNow();
    }

    /** A read under way. */
    final class Turn implements AutoCloseable {

        private final long since;
        private final AtomicBoolean counts = new AtomicBoolean(true);

        private Turn(long since) {
            this.since = since;
        }

        private void giveUp() {
            if (counts.compareAndSet(true, false)) {
                places.release();
            }
        }

        @Override
        public void close() {
            turns.remove(this);
            giveUp();
        }
    }
}
