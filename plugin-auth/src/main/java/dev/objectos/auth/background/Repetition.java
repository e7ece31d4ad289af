package dev.objectos.auth.background;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes a step over and over on a thread of its own, until it is ended. Of failures one after the other the first alone is told in the log. */
public final class Repetition {

    private static final Logger LOG = LoggerFactory.getLogger(Repetition.class);

    private final Step step;
    private final Duration pause;
    private final Duration pauseAfterFailure;
    private final String trouble;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread thread;
    private volatile boolean running;

    /** What is done each time. */
    @FunctionalInterface
    public interface Step {

        void take() throws InterruptedException;
    }

    /**
     * Begins with {@link #start}.
     *
     * @param name of the thread
     * @param pause before each step
     * @param pauseAfterFailure instead of that
     * @param trouble what it means while steps fail, for the log
     */
    public Repetition(String name, Step step, Duration pause, Duration pauseAfterFailure, String trouble) {
        this.step = step;
        this.pause = pause;
        this.pauseAfterFailure = pauseAfterFailure;
        this.trouble = trouble;
        this.thread = Thread.ofVirtual().name(name).unstarted(this::run);
    }

    public void start() {
        running = true;
        thread.start();
    }

    public boolean isRunning() {
        return running;
    }

    /** Has no further step taken; the one under way goes on, for an interrupt would break the connection that it uses. */
    public void end() {
        running = false;
        ended.countDown();
    }

    /** Waits for the step under way. @return whether it was over in time */
    public boolean isOver(Duration patience) throws InterruptedException {
        return thread.join(patience);
    }

    private void run() {
        boolean failing = false;
        try {
            while (!ended.await((failing ? pauseAfterFailure : pause).toMillis(), TimeUnit.MILLISECONDS)) {
                failing = !taken(failing);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean taken(boolean failing) throws InterruptedException {
        try {
            step.take();
            return true;
        } catch (RuntimeException e) {
            if (!failing && running) {
                LOG.warn(trouble, e);
            }
            return false;
        }
    }
}
