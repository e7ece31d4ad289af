package dev.objectos.runtime.health;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts failed owners again, with growing pauses, until they run or are given up. */
public final class Restarts {

    private static final Logger LOG = LoggerFactory.getLogger(Restarts.class);

    private final RestartPolicy policy;
    private final Delays delays;
    private final Clock clock;
    private final Map<String, Attempts> owners = new HashMap<>();

    public Restarts(RestartPolicy policy, Delays delays, Clock clock) {
        this.policy = policy;
        this.delays = delays;
        this.clock = clock;
    }

    /** How it went with an owner so far. */
    private static final class Attempts {

        private int made;
        private @Nullable Instant started;
        private @Nullable Runnable cancel;
    }

    /**
     * An owner has failed: has it started again after a pause.
     *
     * @param start called in a thread of the delays; what it throws is the next failure
     * @param givenUp told the last failure once there is no further try
     */
    public synchronized void failed(String owner, Throwable failure, Callable<?> start, Consumer<Throwable> givenUp) {
        Attempts attempts = owners.computeIfAbsent(owner, _ -> new Attempts());
        if (attempts.cancel != null) {
            // The start that is due already will see what is wrong.
            return;
        }
        Instant started = attempts.started;
        if (started != null && !clock.instant().isBefore(started.plus(policy.stable()))) {
            attempts.made = 0;
        }
        attempts.started = null;
        int number = attempts.made + 1;
        Optional<Duration> pause = policy.pause(number);
        if (pause.isEmpty()) {
            owners.remove(owner);
            LOG.error("{} is given up after {} starts: {}", owner, attempts.made, failure.toString());
            givenUp.accept(failure);
            return;
        }
        attempts.made = number;
        LOG.warn("{} failed and is started again in {} ms, try {} of {}: {}", owner, pause.get().toMillis(), number,
                policy.tries(), failure.toString());
        attempts.cancel = delays.after(pause.get(), () -> start(owner, attempts, start, givenUp));
    }

    private void start(String owner, Attempts attempts, Callable<?> start, Consumer<Throwable> givenUp) {
        synchronized (this) {
            if (owners.get(owner) != attempts) {
                return;
            }
            attempts.cancel = null;
            attempts.started = clock.instant();
        }
        try {
            start.call();
        } catch (Exception e) {
            synchronized (this) {
                if (owners.get(owner) != attempts) {
                    return;
                }
                attempts.started = null;
            }
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            failed(owner, e, start, givenUp);
        }
    }

    /** How many starts were tried since the owner last ran well; 0 where nothing is wrong. */
    public synchronized int tries(String owner) {
        Attempts attempts = owners.get(owner);
        return attempts == null ? 0 : attempts.made;
    }

    /** Forgets an owner that somebody stopped or started on purpose; a start that is due does not happen. */
    public synchronized void forget(String owner) {
        Attempts attempts = owners.remove(owner);
        Runnable cancel = attempts == null ? null : attempts.cancel;
        if (cancel != null) {
            cancel.run();
        }
    }
}
