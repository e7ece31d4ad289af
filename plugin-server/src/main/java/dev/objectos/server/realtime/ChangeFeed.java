package dev.objectos.server.realtime;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.event.CommittedChange;
import dev.objectos.runtime.metadata.Catalogs;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.ChangeStream;
import dev.objectos.runtime.spi.SessionLease;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells subscribers of changes to records that match what they ask for and that they may see, whatever carries it to them. One
 * reader of the change stream serves all subscribers of the node; who sees the same with the same question is asked for once.
 * What somebody may see is asked when it is told.
 */
public final class ChangeFeed implements AutoCloseable {

    private final ChangeStream stream;
    private final Catalogs catalogs;
    private final Tellers tellers;
    private final RealtimeProperties properties;
    private final Set<FeedConnection> connections = ConcurrentHashMap.newKeySet();
    private final Object lock = new Object();
    // Guarded by the lock.
    private final Map<Topic, Set<Subscriber>> topics = new HashMap<>();
    private final Map<Topic, Map<UUID, ChangedRecord>> unsettled = new HashMap<>();
    private @Nullable Followed followed;
    private long position;
    private boolean closed;
    /** Everything up to here has been handed to its listeners. */
    private volatile long told;

    public ChangeFeed(ChangeStream stream, Tellers tellers, Catalogs catalogs, RealtimeProperties properties) {
        this.stream = stream;
        this.tellers = tellers;
        this.catalogs = catalogs;
        this.properties = properties;
    }

    /**
     * Lets a client listen.
     *
     * @param lease as whom; when it is over or changes, the connection ends
     * @param ended told once why the connection has ended, unless its client closed it; must return at once
     * @throws PlatformException {@code UNAUTHENTICATED} where the lease is over, {@code RATE_LIMITED} where there are too many
     *         connections
     */
    public FeedConnection connect(SessionLease lease, Consumer<PlatformException> ended) {
        Session session = lease.current()
                .orElseThrow(() -> new PlatformException(RuntimeError.UNAUTHENTICATED, "Sign in first"));
        var connection = new FeedConnection(this, lease, session, properties.subscriptions(), ended);
        connections.add(connection);
        long same = connections.stream().filter(other -> other.session().tenant().equals(session.tenant())
                && Objects.equals(other.session().userId(), session.userId())).count();
        if (same > properties.connections()) {
            connections.remove(connection);
            throw new PlatformException(RuntimeError.RATE_LIMITED,
                    "One person has at most " + properties.connections() + " connections; close one first");
        }
        return connection;
    }

    /** The position up to which everything has been handed to its listeners. */
    public long position() {
        return told;
    }

    /** The position behind everything that has been committed by now, from which on it can be gone on. */
    public long now() {
        synchronized (lock) {
            follow();
        }
        try {
            return stream.now();
        } catch (RuntimeException e) {
            throw Tellers.reason(e);
        }
    }

    private void follow() {
        if (closed) {
            throw goingAway();
        }
        if (followed == null) {
            var next = new Followed();
            followed = next;
            try {
                next.following = stream.follow(next);
            } catch (RuntimeException e) {
                followed = null;
                throw Tellers.reason(e);
            }
        }
    }

    Hold hold() {
        return new Hold(properties.replay(), properties.waitingSize().toBytes());
    }

    /** A subscriber whose subscription its session may have. */
    Subscriber subscriber(FeedConnection connection, FeedConnection.Wish wish, Hold hold, long now) {
        ChangeSubscription subscription = wish.subscription();
        tellers.check(subscription.query(), connection.session());
        Long after = subscription.after();
        return new Subscriber(connection, subscription, wish.listener(), Topic.of(catalogs.current(),
                connection.session().tenant(), subscription.query().object()), hold, after == null ? now : after);
    }

    /**
     * Tells subscribers what they have missed, and from then on what happens.
     *
     * @param whole whether they are all that their connection has
     */
    void join(List<Subscriber> some, boolean whole, Hold hold) {
        long from;
        synchronized (lock) {
            follow();
            some.forEach(subscriber -> topics.computeIfAbsent(subscriber.topic(), _ -> new HashSet<>())
                    .add(subscriber));
            from = position;
        }
        try {
            new CatchUp(stream, tellers, from, properties.replay(), this::keepUnsettled).tell(some, whole);
        } finally {
            hold.release();
        }
    }

    void leave(Subscriber subscriber) {
        synchronized (lock) {
            Set<Subscriber> others = topics.get(subscriber.topic());
            if (others != null && others.remove(subscriber) && others.isEmpty()) {
                topics.remove(subscriber.topic());
                unsettled.remove(subscriber.topic());
            }
        }
    }

    void disconnected(FeedConnection connection) {
        connections.remove(connection);
    }

    Set<FeedConnection> connections() {
        return connections;
    }

    /** Follows no more where nobody listens. */
    void rest() {
        ChangeStream.Following last = null;
        synchronized (lock) {
            if (topics.isEmpty() && followed != null) {
                last = followed.following;
                followed = null;
            }
        }
        if (last != null) {
            last.close();
        }
    }

    private long keepUnsettled(Topic topic, Map<UUID, ChangedRecord> records, long upTo) {
        synchronized (lock) {
            if (position <= upTo) {
                keepUnsettled(topic, records);
            }
            return position;
        }
    }

    private void keepUnsettled(Topic topic, Map<UUID, ChangedRecord> records) {
        if (!records.isEmpty()) {
            synchronized (lock) {
                if (topics.containsKey(topic)) {
                    unsettled.computeIfAbsent(topic, _ -> new Recent<>(properties.replay())).putAll(records);
                }
            }
        }
    }

    /** What the change stream calls, in its one thread. */
    private final class Followed implements ChangeStream.Listener {

        /** Null until the first changes may come. */
        private ChangeStream.@Nullable Following following;

        @Override
        public void began(long start) {
            List<Subscriber> interrupted = new ArrayList<>();
            synchronized (lock) {
                if (followed != this) {
                    return;
                }
                position = start;
                told = start;
                unsettled.clear();
                topics.values().forEach(interrupted::addAll);
            }
            interrupted.forEach(subscriber -> subscriber.reset(start));
        }

        @Override
        public void changed(List<CommittedChange> changes) {
            Map<Topic, List<CommittedChange>> byTopic = new LinkedHashMap<>();
            var catalog = catalogs.current();
            changes.forEach(change -> byTopic.computeIfAbsent(Topic.of(catalog, change), _ -> new ArrayList<>())
                    .add(change));
            List<Tellers.Task> tasks = new ArrayList<>();
            synchronized (lock) {
                if (followed != this) {
                    return;
                }
                position = changes.getLast().position();
                byTopic.forEach((topic, some) -> {
                    Set<Subscriber> subscribers = topics.get(topic);
                    if (subscribers != null) {
                        ChangedRecords changed = ChangedRecords.of(some);
                        tasks.add(new Tellers.Task(topic, changed,
                                changed.preceding(unsettled.getOrDefault(topic, new HashMap<>())),
                                List.copyOf(subscribers)));
                    }
                });
            }
            try {
                tellers.tell(tasks, ChangeFeed.this::keepUnsettled);
            } catch (RuntimeException e) {
                // They come back and go on from what they know; nobody goes on with a gap.
                PlatformException reason = Tellers.reason(e);
                tasks.forEach(task -> task.subscribers().forEach(subscriber -> subscriber.end(reason)));
            }
            synchronized (lock) {
                if (followed == this) {
                    told = changes.getLast().position();
                }
            }
        }

    }

    /** Those that were put in last. */
    private static final class Recent<V> extends LinkedHashMap<UUID, V> {

        private static final long serialVersionUID = 1L;

        private final int most;

        Recent(int most) {
            this.most = most;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, V> eldest) {
            return size() > most;
        }
    }

    static PlatformException goingAway() {
        return new PlatformException(RuntimeError.UNAVAILABLE, "The server is going away; come back in a moment")
                .with("reason", "shutdown");
    }

    /** Ends every connection; nobody can connect any more. */
    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
        }
        connections.forEach(connection -> connection.end(goingAway()));
        rest();
    }
}
