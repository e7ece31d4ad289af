package dev.objectos.server.realtime;

import dev.objectos.runtime.Eventually;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.event.RecordEvent;
import dev.objectos.runtime.event.delivery.CommitSignal;
import dev.objectos.runtime.event.delivery.DeliveryGuard;
import dev.objectos.runtime.event.delivery.EventDispatcher;
import dev.objectos.runtime.event.delivery.EventProperties;
import dev.objectos.runtime.event.delivery.StoredChanges;
import dev.objectos.runtime.pipeline.ReadPipeline;
import dev.objectos.runtime.pipeline.RecordPipeline;
import dev.objectos.runtime.pipeline.TestingWrites;
import dev.objectos.runtime.pipeline.WatchedPipeline;
import dev.objectos.runtime.plan.ReadPlanner;
import dev.objectos.runtime.query.Predicate;
import dev.objectos.runtime.query.Query;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.EventSubscriber;
import dev.objectos.runtime.spi.Records;
import dev.objectos.runtime.sql.QueryExecutor;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

/** Change feeds of several nodes over one database, as each server has one. */
final class TestingFeeds implements AutoCloseable {

    private static final EventProperties EVENTS = new Binder(new MapConfigurationPropertySource(
            Map.of("objectos.events.poll", "50ms", "objectos.events.drain", "5s"))).bindOrCreate("objectos.events",
                    EventProperties.class);
    private static final RealtimeProperties REALTIME = new RealtimeProperties(50, 100, 1_000,
            DataSize.ofMegabytes(8), Duration.ofSeconds(15), Duration.ofMillis(500), 10_000, Duration.ofSeconds(10));

    private final TestingWrites writes;
    private final List<Node> nodes = new ArrayList<>();
    private final List<RecordEvent> events = new CopyOnWriteArrayList<>();
    private final List<FeedConnection> connections = new ArrayList<>();

    TestingFeeds(String database, String... yaml) {
        writes = TestingWrites.of(database, yaml);
    }

    TestingWrites writes() {
        return writes;
    }

    /** What subscribers to events have heard, not those to changes. */
    List<RecordEvent> events() {
        return events;
    }

    /** What one server has: it delivers events, follows the change log and tells of it. */
    final class Node {

        private final EventDispatcher dispatcher;
        private final ChangeFeed feed;
        private final AtomicReference<@Nullable Runnable> meanwhile = new AtomicReference<>();

        private Node(boolean woken) {
            var databases = writes.databases();
            var meters = new SimpleMeterRegistry();
            var commits = new CommitSignal();
            if (woken) {
                writes.with(commits);
            }
            List<EventSubscriber> subscribers = nodes.isEmpty() ? List.of(new Heard()) : List.of();
            dispatcher = new EventDispatcher(databases.worker(), databases.direct(), subscribers, EVENTS, commits,
                    DeliveryGuard.OPEN, meters, Clock.systemUTC());
            dispatcher.start();
            var planner = new ReadPlanner(List.of());
            var executor = new QueryExecutor(databases.app(), meters);
            var reads = new ReadPipeline(writes.catalogs(), planner, executor, Clock.systemUTC());
            var watched = new WatchedPipeline(writes.catalogs(), planner, reads, executor, Clock.systemUTC());
            feed = new ChangeFeed(new StoredChanges(databases.worker(), EVENTS, commits),
                    new Tellers(interrupted(new RecordPipeline(reads, writes.pipeline())), watched),
                    writes.catalogs(), REALTIME);
        }

        /** Does something once, just before it is next asked what subscribers see of changed records. */
        void meanwhile(Runnable something) {
            meanwhile.set(something);
        }

        private Records interrupted(Records records) {
            return (Records) Proxy.newProxyInstance(Records.class.getClassLoader(), new Class<?>[]{Records.class},
                    (_, method, arguments) -> {
                        if (method.getName().equals("query") && arguments[1] instanceof List<?>) {
                            Runnable something = meanwhile.getAndSet(null);
                            if (something != null) {
                                something.run();
                            }
                        }
                        try {
                            return method.invoke(records, arguments);
                        } catch (InvocationTargetException e) {
                            throw Objects.requireNonNull(e.getCause());
                        }
                    });
        }

        /** What a client hears from now on, or from behind a position. */
        Client client(String object, Predicate where, @Nullable Long after) {
            var client = new Client();
            connect(client).subscribe(subscription(object, where, after), client);
            return client;
        }

        /** What a client hears that has a subscription to each of some objects on one connection. */
        Client client(List<String> objects, long after) {
            var client = new Client();
            connect(client).subscribeAll(objects.stream().map(
                    object -> new FeedConnection.Wish(subscription(object, Predicate.ALWAYS, after), client)).toList())
                    .run();
            return client;
        }

        private FeedConnection connect(Client client) {
            Session session = writes.session();
            FeedConnection connection = feed.connect(() -> Optional.of(session), client.ends::add);
            connections.add(connection);
            return connection;
        }

        private static ChangeSubscription subscription(String object, Predicate where, @Nullable Long after) {
            return new ChangeSubscription(new Query(object, List.of(), where, List.of(), Query.of(object).page(),
                    List.of(), List.of(), List.of(), Predicate.ALWAYS, null, false), EnumSet.allOf(ChangeKind.class),
                    after);
        }
    }

    /** Somebody who remembers what they are told. */
    static final class Client implements ChangeListener {

        private final List<ChangeEvent> events = new CopyOnWriteArrayList<>();
        private final List<Object> ends = new CopyOnWriteArrayList<>();

        @Override
        public void next(ChangeEvent event) {
            events.add(event);
        }

        @Override
        public void reset(long position) {
            ends.add(position);
        }

        @Override
        public void ended(PlatformException because) {
            ends.add(because);
        }

        List<Object> ends() {
            return ends;
        }

        List<ChangeEvent> events() {
            return events;
        }

        /** Each as its kind and its record's id. */
        List<String> told() {
            return events.stream().map(event -> told(event.kind(), event.id())).toList();
        }

        static String told(ChangeKind kind, UUID id) {
            return kind.word() + " " + id;
        }

        /** Until it has heard of a record, which is made last. */
        List<String> until(UUID last) {
            Eventually.await(() -> events.stream().anyMatch(event -> event.id().equals(last)) || !ends.isEmpty());
            return told();
        }
    }

    private final class Heard implements EventSubscriber {

        @Override
        public String name() {
            return "testing.heard";
        }

        @Override
        public void handle(RecordEvent event, Session session) {
            events.add(event);
        }
    }

    /** @param woken whether this is the node through which records are changed; others find out */
    Node node(boolean woken) {
        var node = new Node(woken);
        nodes.add(node);
        return node;
    }

    /** Nobody listens any more. */
    void disconnect() {
        connections.forEach(FeedConnection::close);
        connections.clear();
    }

    @Override
    public void close() {
        nodes.forEach(node -> {
            node.feed.close();
            node.dispatcher.stop();
        });
        writes.close();
    }
}
