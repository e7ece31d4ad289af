package dev.objectos.runtime.background;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread that does something, rests, and does it again, until it is ended. It is never interrupted: that would cut the connection to the
 * database under a statement. A round that fails is tried again; of failures one after the other the first alone is told in the log.
 */
public final class Rounds implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Rounds.class);

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Rests rests;
    private final Round round;
    private final String trouble;
    private final Semaphore wanted = new Semaphore(0);
    private final Thread thread;
    private volatile boolean running;
    private volatile boolean ending;

    /** What is done each time. */
    @FunctionalInterface
    public interface Round {

        void run() throws Exception;
    }

    /**
     * How long to rest.
     *
     * @param first before the first round
     * @param usual after a round
     * @param afterFailure after one that has failed
     */
    public record Rests(Duration first, Duration usual, Duration afterFailure) {

        /** The same each time, before the first round too. */
        public static Rests of(Duration each) {
            return new Rests(each, each, each);
        }

        /** The same each time; the first round comes at once. */
        public static Rests between(Duration each) {
            return new Rests(Duration.ZERO, each, each);
        }
    }

    /**
     * Begins with {@link #start}.
     *
     * @param name of the thread
     * @param trouble what it means while rounds fail, for the log
     */
    public Rounds(String name, Rests rests, String trouble, Round round) {
        this.rests = rests;
        this.trouble = trouble;
        this.round = round;
        this.thread = Thread.ofVirtual().name(name).unstarted(this::run);
    }

    public void start() {
        running = true;
        thread.start();
    }

    public boolean isRunning() {
        return running;
    }

    /** Ends the rest. */
    public void wake() {
        wanted.release();
    }

    /** Whether a long round should come to its end. */
    public boolean isEnding() {
        return ending;
    }

    /** Has no further round begun; the one under way goes on. */
    public void end() {
        running = false;
        ending = true;
        wanted.release();
    }

    /** Waits for the round under way. @return whether it was over in time */
    public boolean isOver(Duration patience) throws InterruptedException {
        return thread.getState() == Thread.State.NEW || thread.join(patience);
    }

    /** Ends, and gives a round that has begun some seconds. */
    @Override
    public void close() {
        end();
        try {
            boolean _ = isOver(PATIENCE);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        boolean failing = false;
        try {
            Duration rest = rests.first();
            while (rested(rest)) {
                failing = !done(failing);
                rest = failing ? rests.afterFailure() : rests.usual();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** @return whether another round is wanted */
    private boolean rested(Duration rest) throws InterruptedException {
        if (wanted.tryAcquire(rest.toNanos(), TimeUnit.NANOSECONDS)) {
            wanted.drainPermits();
        }
        return !ending;
    }

    private boolean done(boolean failing) throws InterruptedException {
        try {
            round.run();
            return true;
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            if (!failing && !ending) {
                LOG.warn("{}; it is tried again", trouble, e);
            }
            return false;
        }
    }
}
