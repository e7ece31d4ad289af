package dev.objectos.audit;

import dev.objectos.audit.entry.AuditRecorder;
import dev.objectos.audit.entry.AuditedBin;
import dev.objectos.audit.entry.AuditedRecords;
import dev.objectos.audit.entry.EntryStore;
import dev.objectos.audit.entry.ReadRecorder;
import dev.objectos.audit.partition.PartitionKeeper;
import dev.objectos.audit.partition.Partitions;
import dev.objectos.audit.partition.Retention;
import dev.objectos.audit.view.LogReads;
import dev.objectos.audit.view.Trail;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.TestingClock;
import dev.objectos.runtime.database.PlatformMigrations;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.MetadataSource;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.metadata.TestingCatalogs;
import dev.objectos.runtime.metadata.yaml.CatalogLoader;
import dev.objectos.runtime.pipeline.FilteredRecords;
import dev.objectos.runtime.pipeline.GatheredRights;
import dev.objectos.runtime.pipeline.ReadPipeline;
import dev.objectos.runtime.pipeline.RecordPipeline;
import dev.objectos.runtime.pipeline.TestingWrites;
import dev.objectos.runtime.plan.ChangeRights;
import dev.objectos.runtime.plan.FieldViews;
import dev.objectos.runtime.plan.ReadPlanner;
import dev.objectos.runtime.query.Mutation;
import dev.objectos.runtime.session.Origin;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.session.UserIdentity;
import dev.objectos.runtime.spi.FieldMask;
import dev.objectos.runtime.spi.Masking;
import dev.objectos.runtime.spi.ObjectRights;
import dev.objectos.runtime.spi.QueryRewriter;
import dev.objectos.runtime.spi.Records;
import dev.objectos.runtime.spi.RecycleBin;
import dev.objectos.runtime.spi.RowFilter;
import dev.objectos.runtime.sql.QueryExecutor;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A trail over a database of its own, at a time that the test sets, with an administrator and a clerk. */
public final class TestingAudit implements AutoCloseable {

    static final Map<String, String> FILES = Map.of("objects/employees.object.yml", """
            name: employees
            fields:
              name:    {type: text, required: true}
              salary:  {type: currency}
              notes:   {type: text}
              pin:     {type: secret}
            """, "objects/drafts.object.yml", """
            name: drafts
            enable: {audit: false}
            fields:
              name: {type: text}
            """, "objects/visits.object.yml", """
            name: visits
            fields:
              name: {type: text}
              host: {type: lookup, reference_to: employees}
            """, "permissions/employees.permission.yml", """
            object: employees
            audit: {alerts: [{event: sensitive_field_access, threshold: 3, window_minutes: 10}]}
            """, "permissions/visits.permission.yml", """
            object: visits
            audit:
              retention_days: 30
              events: [read]
              alerts: [{event: access_denied, threshold: 3, window_minutes: 10, notify: [admin]}]
            """);

    public final TestingWrites writes;
    public final TestingClock clock = new TestingClock(Instant.parse("2026-03-10T09:00:00Z"));
    public final Session administrator;
    public final Session clerk;
    public final Retention retention = new Retention(0, Map.of());
    public final EntryStore entries;
    public final Partitions partitions;
    public final PartitionKeeper keeper;
    final Trail trail;
    final Records records;
    private final ObjectRights rights;

    public TestingAudit(String database) {
        writes = TestingWrites.over(database, catalog());
        PlatformMigrations.migrate(writes.databases(), List.of(AuditPlugin.ID));
        writes.at(clock).with(new AuditRecorder(retention));
        entries = new EntryStore(writes.databases().worker());
        partitions = new Partitions(writes.databases().worker());
        keeper = new PartitionKeeper(partitions, retention, writes.catalogs(), clock);
        administrator = person("Ada", Set.of("admin"));
        clerk = person("Ben", Set.of("clerk"));
        List<QueryRewriter> rewriters = List.of(new Rights(), new LogReads());
        var executor = new QueryExecutor(writes.databases().app(), new SimpleMeterRegistry());
        records = new RecordPipeline(
                new ReadPipeline(writes.catalogs(), new ReadPlanner(rewriters), executor, clock), writes.pipeline());
        rights = new GatheredRights(new FieldViews(() -> rewriters), ChangeRights.OPEN,
                new FilteredRecords(writes.catalogs(), executor, clock));
        trail = new Trail(entries, () -> records, writes.catalogs()::current, rights);
    }

    /** The records as people get them, who are watched. */
    Records audited() {
        return new AuditedRecords(records, recorder());
    }

    /** Their recycle bin. */
    RecycleBin auditedBin() {
        return new AuditedBin(writes.bin(), recorder());
    }

    private ReadRecorder recorder() {
        return new ReadRecorder(() -> entries, () -> retention, () -> rights, writes.catalogs()::current, () -> clock);
    }

    private static Catalog catalog() {
        return CatalogLoader.load(1, List.of(MetadataSource.of(AuditPlugin.ID, AuditPlugin.class),
                TestingCatalogs.source(MetadataSource.FOLDER, FILES)));
    }

    /** Strangers may read nothing. Clerks do not see what employees earn, of their notes only that there are some, and nobody called Hidden. */
    private static final class Rights implements QueryRewriter {

        @Override
        public Object fingerprint(Session session, Catalog catalog) {
            return session.roles();
        }

        @Override
        public void admit(ObjectDefinition object, Session session, Catalog catalog) {
            if (session.roles().contains("stranger")) {
                throw new PlatformException(RuntimeError.PERMISSION_DENIED, "Not for strangers").about(object.name());
            }
        }

        @Override
        public RowFilter rows(ObjectDefinition object, Session session, Catalog catalog) {
            return RowFilter.EVERYTHING;
        }

        @Override
        public FieldMask fields(ObjectDefinition object, Session session, Catalog catalog) {
            return session.roles().contains("clerk") ? guarded(object, catalog) : FieldMask.NONE;
        }

        @Override
        public FieldMask guarded(ObjectDefinition object, Catalog catalog) {
            return object.name().equals("employees")
                    ? new FieldMask(Set.of("salary"), Map.of("notes", new Masking.Text("****")))
                    : FieldMask.NONE;
        }
    }

    private Session person(String name, Set<String> roles) {
        UUID user = writes.create("user", Map.of("name", name, "email", name + "@example.com"),
                Session.system(Session.DEFAULT_TENANT, Origin.SYSTEM)).id();
        return new Session(Session.DEFAULT_TENANT, new UserIdentity(user, name + "@example.com", name, name), roles,
                false, Locale.ENGLISH, ZoneOffset.UTC, Origin.REST);
    }

    /** The clerk with another role. */
    Session holding(String role) {
        return new Session(clerk.tenant(), clerk.user(), Set.of(role), false, clerk.locale(), clerk.zone(),
                clerk.origin());
    }

    public UUID create(String object, Object... namesAndValues) {
        return writes.create(object, TestingWrites.values(namesAndValues), administrator).id();
    }

    public void update(String object, UUID id, Object... namesAndValues) {
        writes.pipeline().update(new Mutation.Update(object, id,
                new LinkedHashMap<String, @Nullable Object>(TestingWrites.values(namesAndValues)), null),
                administrator);
    }

    public void delete(String object, UUID id) {
        writes.pipeline().delete(new Mutation.Delete(object, id, null), administrator);
    }

    /** Does something with every right there is, as an attacker who owns the database would. */
    public void tamper(String sql) {
        try (var connection = writes.databases().owner().getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    @Override
    public void close() {
        writes.close();
    }
}
