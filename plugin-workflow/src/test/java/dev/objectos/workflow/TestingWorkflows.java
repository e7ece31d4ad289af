package dev.objectos.workflow;

import dev.objectos.runtime.database.PlatformMigrations;
import dev.objectos.runtime.event.EventBus;
import dev.objectos.runtime.event.Subscription;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.TestingCatalogs;
import dev.objectos.runtime.notification.store.PostgresNotifications;
import dev.objectos.runtime.pipeline.ReadPipeline;
import dev.objectos.runtime.pipeline.RecordPipeline;
import dev.objectos.runtime.pipeline.TestingWrites;
import dev.objectos.runtime.plan.ReadPlanner;
import dev.objectos.runtime.query.Mutation;
import dev.objectos.runtime.schema.PublishOptions;
import dev.objectos.runtime.schema.SchemaPublisher;
import dev.objectos.runtime.session.Origin;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.session.UserIdentity;
import dev.objectos.runtime.spi.ActionRights;
import dev.objectos.runtime.spi.EventSubscriber;
import dev.objectos.runtime.spi.EventSubscriptions;
import dev.objectos.runtime.spi.Records;
import dev.objectos.runtime.sql.QueryExecutor;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Workflows over a database of their own, with some people, and everything that a server would wire. */
final class TestingWorkflows implements AutoCloseable, EventSubscriptions {

    final TestingWrites writes;
    final Records records;
    final WorkflowStore store;
    final RecordWorkflows workflows;
    final PostgresNotifications notifications;
    final WorkflowPublication publication;
    final Session boss;
    final Session employee;
    private final EventBus bus = new EventBus();
    private final List<EventSubscriber> subscribers = new ArrayList<>();

    TestingWorkflows(String database, Map<String, String> files) {
        writes = TestingWrites.over(database, TestingCatalogs.ofFiles(files));
        PlatformMigrations.migrate(writes.databases(), List.of(WorkflowPlugin.ID));
        store = new WorkflowStore(writes.databases().worker());
        var versions = new MachineVersions(store);
        writes.with(new TransitionInterceptor(writes.catalogs(), versions, ActionRights.OPEN))
                .with(new StateGuard(writes.catalogs()))
                .with(WorkflowRecorders.instances()).with(WorkflowRecorders.history());
        records = new RecordPipeline(
                new ReadPipeline(writes.catalogs(), new ReadPlanner(List.of()),
                        new QueryExecutor(writes.databases().app(), new SimpleMeterRegistry()), Clock.systemUTC()),
                writes.pipeline());
        workflows = new RecordWorkflows(writes.catalogs(), records, store, versions, ActionRights.OPEN,
                Clock.systemUTC());
        notifications = new PostgresNotifications(writes.databases().app(), writes.databases().worker());
        publication = new WorkflowPublication(writes.catalogs(), store, records, notifications, this, bus);
        publication.refresh();
        boss = person("boss");
        employee = person("employee");
    }

    /** Publishes other files in the place of those before. */
    void publish(Map<String, String> files) {
        Catalog catalog = TestingCatalogs.ofFiles(files);
        new SchemaPublisher(writes.databases()).publish(catalog, PublishOptions.FROM_FILES);
        writes.catalogs().publish(catalog);
        publication.refresh();
    }

    private Session person(String name) {
        UUID user = writes.create("user", Map.of("name", name, "email", name + "@example.com", "username", name),
                Session.system(Session.DEFAULT_TENANT, Origin.SYSTEM)).id();
        return new Session(Session.DEFAULT_TENANT, new UserIdentity(user, name + "@example.com", name, name), Set.of(),
                false, Locale.ENGLISH, ZoneOffset.UTC, Origin.REST);
    }

    /** A request of the employee's that the boss decides on; more values as names and values in turn. */
    UUID request(Object... namesAndValues) {
        var values = new LinkedHashMap<String, @Nullable Object>(Map.of("reason", "Sea", "days", 3));
        values.put("manager", String.valueOf(boss.userId()));
        values.putAll(TestingWrites.values(namesAndValues));
        return records.create(new Mutation.Create("leave_requests", values), employee).id();
    }

    RecordState take(UUID id, String transition, Session session) {
        return workflows.take("leave_requests", id, transition, null, null, session);
    }

    RecordState state(UUID id) {
        return workflows.state("leave_requests", id, employee);
    }

    @Override
    public Subscription add(EventSubscriber subscriber) {
        subscribers.add(subscriber);
        return () -> subscribers.remove(subscriber);
    }

    /** Those that hear of events, for which this stands in. */
    List<EventSubscriber> subscribers() {
        return List.copyOf(subscribers);
    }

    @Override
    public void close() {
        publication.close();
        bus.close();
        writes.close();
    }
}
