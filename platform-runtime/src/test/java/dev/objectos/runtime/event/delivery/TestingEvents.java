package dev.objectos.runtime.event.delivery;

import dev.objectos.runtime.Eventually;
import dev.objectos.runtime.database.Databases;
import dev.objectos.runtime.database.TestingDatabase;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.EventSubscriber;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** A database of its own with an outbox, and nodes that deliver from it. */
final class TestingEvents implements AutoCloseable {

    private final Databases databases;
    private final CommitSignal commits = new CommitSignal();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final List<EventDispatcher> nodes = new ArrayList<>();

    TestingEvents(String database) {
        this(TestingDatabase.fresh(database));
    }

    TestingEvents(Databases databases) {
        this.databases = databases;
    }

    Databases databases() {
        return databases;
    }

    CommitSignal commits() {
        return commits;
    }

    SimpleMeterRegistry meters() {
        return meters;
    }

    /** Settings of {@code objectos.events}, names and values in turn; quick ones unless said otherwise. */
    static EventProperties properties(String... namesAndValues) {
        Map<String, String> settings = new HashMap<>(Map.of("objectos.events.backoff", "1ms", "objectos.events.poll",
                "100ms", "objectos.events.patience", "20ms", "objectos.events.drain", "5s"));
        for (int i = 0; i < namesAndValues.length; i += 2) {
            settings.put("objectos.events." + namesAndValues[i], namesAndValues[i + 1]);
        }
        return new Binder(new MapConfigurationPropertySource(settings)).bindOrCreate("objectos.events",
                EventProperties.class);
    }

    /** A node that is woken by {@link #commits}. */
    EventDispatcher node(EventProperties properties, EventSubscriber... subscribers) {
        return node(properties, commits, subscribers);
    }

    /** A node that nobody in this process wakes. */
    EventDispatcher remoteNode(EventProperties properties, EventSubscriber... subscribers) {
        return node(properties, new CommitSignal(), subscribers);
    }

    private EventDispatcher node(EventProperties properties, CommitSignal signal, EventSubscriber... subscribers) {
        return node(properties, signal, DeliveryGuard.OPEN, subscribers);
    }

    /** A node that is woken by {@link #commits}, with somebody who looks at every event. */
    EventDispatcher node(EventProperties properties, DeliveryGuard guard, EventSubscriber... subscribers) {
        return node(properties, commits, guard, subscribers);
    }

    private EventDispatcher node(EventProperties properties, CommitSignal signal, DeliveryGuard guard,
            EventSubscriber... subscribers) {
        var node = new EventDispatcher(databases.worker(), databases.direct(), List.of(subscribers), properties, signal,
                guard, meters, Clock.systemUTC());
        node.start();
        nodes.add(node);
        return node;
    }

    void stop(EventDispatcher node) {
        nodes.remove(node);
        node.stop();
    }

    /** So many events of each of so many records of {@code tasks}, interleaved, in one transaction. */
    void emit(int records, int eventsEach) {
        emit(1, records, eventsEach);
    }

    /** The same, of records numbered from a first one. */
    void emit(int first, int records, int eventsEach) {
        execute("insert into platform.outbox (tenant_id, object, record_id, action, payload, origin, version) select '"
                + Session.DEFAULT_TENANT + "', 'tasks', lpad(r::text, 32, '0')::uuid, 'update', "
                + "jsonb_build_object('n', jsonb_build_object('to', e)), 'rest', e from generate_series(1, "
                + eventsEach
                + ") e, generate_series(" + first + ", " + (first + records - 1) + ") r order by e, r");
        commits.afterCommit();
    }

    void execute(String sql) {
        try (var connection = databases.worker().getConnection(); var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    long number(String sql) {
        return Long.parseLong(text(sql));
    }

    String text(String sql) {
        try (var connection = databases.worker().getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            return rows.next() ? String.valueOf(rows.getString(1)) : "";
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** Nothing waits anywhere. */
    boolean idle() {
        return number("select (select count(*) from platform.outbox) + (select count(*) from platform.event_delivery)"
                + " + (select count(*) from platform.event_lane)") == 0;
    }

    void awaitIdle() {
        Eventually.await(this::idle);
    }

    @Override
    public void close() {
        nodes.forEach(EventDispatcher::stop);
        databases.close();
    }
}
