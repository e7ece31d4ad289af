package dev.objectos.runtime.event.delivery;

import dev.objectos.runtime.event.CommittedChange;
import dev.objectos.runtime.spi.ChangeStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows the change log: a thread for each who follows, woken when it has grown, looking for itself where nobody wakes it. */
public final class StoredChanges implements ChangeStream {

    private static final Logger LOG = LoggerFactory.getLogger(StoredChanges.class);

    private static final int TOGETHER = 1_000;
    private static final long LONGEST_PAUSE = TimeUnit.SECONDS.toNanos(10);

    private final ChangeLog log;
    private final Routing routing;
    private final CommitSignal commits;
    private final Duration poll;
    private final Duration saidAgain;

    /** @param worker connections of the role that may see the tables of events */
    public StoredChanges(DataSource worker, EventProperties properties, CommitSignal commits) {
        var database = new EventDatabase(worker);
        log = new ChangeLog(database, properties.changes());
        routing = new Routing(database, properties.changes());
        this.commits = commits;
        this.poll = properties.poll();
        this.saidAgain = properties.changes().dividedBy(5);
    }

    @Override
    public Following follow(Listener listener) {
        var follower = new Follower(listener);
        follower.start();
        return follower;
    }

    @Override
    public long now() {
        long position = log.now(routing);
        // What was routed here has yet to be handed on.
        commits.wakeUp().signal();
        commits.logged();
        return position;
    }

    @Override
    public Optional<List<CommittedChange>> between(long after, long upTo, @Nullable UUID tenant, String object,
            int most) {
        return log.between(after, upTo, tenant, object, most);
    }

    private final class Follower implements Following {

        private final UUID id = UUID.randomUUID();
        private final Listener listener;
        private final WakeUp wakeUp = commits.follow();
        private final Thread thread = Thread.ofPlatform().daemon().name("objectos-changes").unstarted(this::loop);
        private volatile boolean closed;
        // Of the thread alone, once it runs.
        private long position;
        private long said;

        Follower(Listener listener) {
            this.listener = listener;
        }

        private void start() {
            try {
                position = log.follow(id);
            } catch (RuntimeException e) {
                commits.unfollow(wakeUp);
                throw e;
            }
            said = System.nanoTime();
            listener.began(position);
            thread.start();
        }

        private void loop() {
            int failures = 0;
            while (!closed) {
                long pause = poll.toNanos();
                try {
                    pause = step() ? 0 : pause;
                    failures = 0;
                } catch (RuntimeException e) {
                    failures++;
                    if (failures == 1) {
                        LOG.warn("Followers of changes wait: {}", e.toString());
                    }
                    LOG.debug("Followers of changes wait, for the {}. time", failures, e);
                    pause = Math.min(LONGEST_PAUSE, pause << Math.min(failures, 6));
                }
                if (!closed) {
                    wakeUp.await(pause);
                }
            }
        }

        /** @return whether there is more */
        private boolean step() {
            if (System.nanoTime() - said > saidAgain.toNanos()) {
                long start = log.stillFollowing(id);
                said = System.nanoTime();
                if (start > position) {
                    position = start;
                    listener.began(position);
                }
            }
            List<CommittedChange> changes = log.after(position, TOGETHER);
            if (!changes.isEmpty()) {
                position = changes.getLast().position();
                listener.changed(changes);
            }
            return changes.size() == TOGETHER;
        }

        @Override
        public void close() {
            closed = true;
            commits.unfollow(wakeUp);
            wakeUp.signal();
            try {
                log.unfollow(id);
            } catch (RuntimeException e) {
                // Then the time since it was last said counts.
                LOG.debug("The end of a follower could not be noted", e);
            }
        }
    }
}
