package dev.objectos.permissions.conformance;

import dev.objectos.permissions.PermissionRewriter;
import dev.objectos.permissions.PermissionRights;
import dev.objectos.permissions.PermissionsPlugin;
import dev.objectos.permissions.conformance.Schema.Kind;
import dev.objectos.permissions.definition.Permissions;
import dev.objectos.permissions.rights.ManagedPeople;
import dev.objectos.permissions.rights.RightsByCatalog;
import dev.objectos.permissions.share.Shares;
import dev.objectos.runtime.database.Databases;
import dev.objectos.runtime.database.PlatformMigrations;
import dev.objectos.runtime.database.TestingDatabase;
import dev.objectos.runtime.intake.RecordImporter;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.MetadataSource;
import dev.objectos.runtime.metadata.TestingCatalogs;
import dev.objectos.runtime.metadata.Violation;
import dev.objectos.runtime.metadata.yaml.CatalogLoader;
import dev.objectos.runtime.pipeline.FilteredRecords;
import dev.objectos.runtime.pipeline.GatheredRights;
import dev.objectos.runtime.pipeline.ReadPipeline;
import dev.objectos.runtime.pipeline.RecordPipeline;
import dev.objectos.runtime.pipeline.TestingWrites;
import dev.objectos.runtime.pipeline.WatchedPipeline;
import dev.objectos.runtime.plan.ChangeRights;
import dev.objectos.runtime.plan.FieldViews;
import dev.objectos.runtime.plan.ReadPlanner;
import dev.objectos.runtime.query.Mutation;
import dev.objectos.runtime.schema.PhysicalColumn;
import dev.objectos.runtime.schema.PhysicalSchema;
import dev.objectos.runtime.schema.PhysicalTable;
import dev.objectos.runtime.session.Origin;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.session.UserIdentity;
import dev.objectos.runtime.spi.RecordImports;
import dev.objectos.runtime.spi.Records;
import dev.objectos.runtime.spi.RecycleBin;
import dev.objectos.runtime.spi.WatchedRecords;
import dev.objectos.runtime.sql.QueryExecutor;
import dev.objectos.runtime.storage.Files;
import dev.objectos.runtime.storage.file.DiskFileStore;
import dev.objectos.runtime.storage.file.FileProperties;
import dev.objectos.runtime.storage.file.FileReaders;
import dev.objectos.runtime.storage.file.FileStores;
import dev.objectos.runtime.storage.file.StoredFiles;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The real paths over a database whose tables are published once; from case to case only what is written about
 * permissions differs, and the records.
 */
final class PermissionHarness implements AutoCloseable {

    private static final UUID TENANT = Session.DEFAULT_TENANT;
    private static final String SHARES = Shares.SCHEMA + '.' + Shares.TABLE;

    private final TestingWrites writes;
    private final Records records;
    private final RecycleBin bin;
    private final RecordImports imports;
    private final WatchedRecords watched;
    private final Files files;
    private long version = 1;
    private List<World.Share> shares = List.of();

    private PermissionHarness(TestingWrites writes) {
        this.writes = writes;
        // Who stands below whom is read with the platform's rights, by the path that these rights narrow.
        ReadPipeline open = reads(writes, new ReadPlanner(List.of()));
        var people = new ManagedPeople(new RecordPipeline(open, writes.pipeline()), writes.catalogs());
        var rights = new RightsByCatalog(people);
        var rewriter = new PermissionRewriter(rights);
        var changing = new PermissionRights(rights);
        writes.with(rewriter).with(changing);
        Clock clock = Clock.systemUTC();
        var planner = new ReadPlanner(List.of(rewriter));
        ReadPipeline reads = reads(writes, planner);
        var changes = new ChangeRights(List.of(changing));
        var filters = new FilteredRecords(writes.catalogs(), executor(writes), clock);
        var access = new GatheredRights(new FieldViews(() -> List.of(rewriter)), changes, filters);
        this.records = new RecordPipeline(reads, writes.pipeline());
        this.bin = writes.bin();
        this.imports = new RecordImporter(writes.catalogs(), records, writes.pipeline(), access, changes);
        this.watched = new WatchedPipeline(writes.catalogs(), planner, reads, executor(writes), clock);
        this.files = new StoredFiles(writes.databases().app(),
                new FileStores(List.of(new DiskFileStore(Path.of("target", "no-files"))), null),
                new FileReaders(writes.catalogs()::current, reads::query),
                new Binder(new MapConfigurationPropertySource()).bindOrCreate("objectos.files", FileProperties.class),
                new SecretKeySpec(new byte[32], "AES"), clock);
    }

    private static ReadPipeline reads(TestingWrites writes, ReadPlanner planner) {
        return new ReadPipeline(writes.catalogs(), planner, executor(writes), Clock.systemUTC());
    }

    private static QueryExecutor executor(TestingWrites writes) {
        return new QueryExecutor(writes.databases().app(), new SimpleMeterRegistry());
    }

    static PermissionHarness open(String database) {
        Catalog catalog = load(1, new Rules(Schema.OnDelete.CASCADE, Schema.OnDelete.SET_NULL, Map.of()));
        TestingWrites writes = TestingWrites.over(database, catalog);
        PlatformMigrations.migrate(writes.databases(), List.of(PermissionsPlugin.ID));
        var harness = new PermissionHarness(writes);
        harness.insertForeign();
        harness.insertFiles();
        return harness;
    }

    Records records() {
        return records;
    }

    RecycleBin bin() {
        return bin;
    }

    RecordImports imports() {
        return imports;
    }

    WatchedRecords watched() {
        return watched;
    }

    Files files() {
        return files;
    }

    /** Deletes a record as the platform does. */
    void delete(String object, UUID record) {
        writes.pipeline().delete(new Mutation.Delete(object, record, null), Session.system(TENANT, Origin.SYSTEM));
    }

    /** From now on these rules count. @throws IllegalArgumentException where the loader finds fault with them */
    void publish(Rules rules) {
        version++;
        writes.catalogs().publish(load(version, rules));
    }

    static Session session(Person person) {
        var identity = new UserIdentity(person.id(), RandomWorld.email(RandomWorld.USERS.indexOf(person.id())),
                "Someone",
                null);
        return new Session(TENANT, identity, person.roles(), person.administrator(), Locale.ENGLISH, ZoneOffset.UTC,
                Origin.REST);
    }

    /** Replaces all records. */
    void store(World world) {
        var sql = new StringBuilder("delete from platform.recycle_bin; delete from platform.recycle_reference;");
        Schema.OBJECTS.reversed().forEach(object -> sql.append("delete from ").append(table(object)).append(';'));
        sql.append("delete from ").append(table(Schema.USER)).append(';');
        // Users refer to each other, and the reference is checked by the statement.
        sql.append(inserts(Schema.USER, world.all(Schema.USER), TENANT));
        Schema.OBJECTS.forEach(object -> sql.append(inserts(object, world.all(object), TENANT)));
        execute(TENANT, sql.toString());
        if (!world.shares().equals(shares)) {
            shares = List.copyOf(world.shares());
            String rows = shares.stream().map(share -> "('" + TENANT + "', '" + share.object() + "', '"
                    + share.record() + "', '" + share.grantee() + "', '" + share.access() + "', now())")
                    .collect(Collectors.joining(", "));
            TestingDatabase.execute(databases(), "delete from " + SHARES + (rows.isEmpty()
                    ? ""
                    : "; insert into " + SHARES
                            + " (tenant_id, object, record_id, grantee, access, granted_at) values " + rows));
        }
    }

    /** Changes a stored value behind everybody's back. */
    void overwrite(String object, UUID record, String field, @Nullable Object value) {
        execute(TENANT, "update " + table(object) + " set \"" + column(object, field).name() + "\" = "
                + literal(column(object, field), value) + " where id = '" + record + "'");
    }

    /** What is stored, without what the platform notes about changes. */
    World stored(Schema schema) {
        var world = new World(schema);
        try (Connection connection = databases().app().getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("select set_config('app.tenant', '" + TENANT + "', true)");
            for (String object : Schema.OBJECTS) {
                try (var rows = statement.executeQuery("select to_jsonb(t)::text from " + table(object) + " t")) {
                    while (rows.next()) {
                        world.put(object, record(schema, object, JsonMapper.shared().readTree(rows.getString(1))));
                    }
                }
            }
            connection.commit();
            connection.setAutoCommit(true);
            return world;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private Map<String, @Nullable Object> record(Schema schema, String object, JsonNode row) {
        var record = new LinkedHashMap<String, @Nullable Object>();
        for (Schema.Field field : schema.fields(object).values()) {
            if (field.stored() && (!(field.kind() instanceof Kind.Platform) || field.name().equals("id"))) {
                JsonNode value = row.path(column(object, field.name()).name());
                record.put(field.name(), value.isNull() ? null : switch (field.kind()) {
                    case Kind.Whole _,Kind.Summary _ -> value.decimalValue().intValueExact();
                    case Kind.Lookup _,Kind.Platform _ -> UUID.fromString(value.stringValue());
                    default -> value.stringValue();
                });
            }
        }
        return record;
    }

    /** One record of each object that belongs to others. */
    private void insertForeign() {
        var world = new World(new Schema(Schema.OnDelete.CASCADE, Schema.OnDelete.CASCADE));
        UUID tenant = TestingWrites.OTHER_TENANT;
        var sql = new StringBuilder();
        for (String object : Schema.OBJECTS) {
            var record = new LinkedHashMap<String, @Nullable Object>();
            world.schema().fields(object).values().stream().filter(Schema.Field::stored)
                    .forEach(field -> record.put(field.name(), null));
            record.put("id", RandomRequests.FOREIGN);
            record.put("version", 1);
            record.put("created_at", RandomWorld.AT);
            record.put("updated_at", RandomWorld.AT);
            if (object.equals(Schema.DEALS)) {
                record.put("account", RandomRequests.FOREIGN);
            }
            world.put(object, record);
        }
        world.summarize();
        Schema.OBJECTS.forEach(object -> sql.append(inserts(object, world.all(object), tenant)));
        execute(tenant, sql.toString());
    }

    /** Every task may have been given every file; which it holds, it says itself. */
    private void insertFiles() {
        String field = writes.catalogs().current().object(Schema.TASKS).orElseThrow().field(Schema.SCAN).orElseThrow()
                .id();
        var sql = new StringBuilder();
        for (int i = 0; i < RandomWorld.FILES.size(); i++) {
            UUID file = RandomWorld.FILES.get(i);
            sql.append(
                    "insert into platform.file (tenant_id, id, name, content_type, size, sha256, state, store, blob, "
                            + "uploaded_by, stored_at) values ('" + TENANT + "', '" + file
                            + "', 'a', 'text/plain', 1, '\\x00', 'stored', 'disk', 'a', '" + RandomWorld.USERS.get(i)
                            + "', now());");
            RandomWorld.tasks().forEach(task -> sql.append("insert into platform.file_use (tenant_id, file_id, object, "
                    + "record_id, field) values ('" + TENANT + "', '" + file + "', '" + Schema.TASKS + "', '" + task
                    + "', '" + field + "');"));
        }
        TestingDatabase.execute(databases(), sql.toString());
    }

    private String inserts(String object, List<Map<String, @Nullable Object>> all, UUID tenant) {
        if (all.isEmpty()) {
            return "";
        }
        List<String> fields = all.getFirst().keySet().stream().toList();
        String columns = fields.stream().map(field -> '"' + column(object, field).name() + '"')
                .collect(Collectors.joining(", "));
        var rows = new ArrayList<String>();
        for (Map<String, @Nullable Object> record : all) {
            rows.add(fields.stream().map(field -> literal(column(object, field), record.get(field)))
                    .collect(Collectors.joining(", ", "('" + tenant + "', ", ")")));
        }
        return "insert into " + table(object) + " (tenant_id, " + columns + ") values " + String.join(", ", rows) + ";";
    }

    /** The model's values need no escaping. */
    private static String literal(PhysicalColumn column, @Nullable Object value) {
        return "cast(" + (value == null ? "null" : "'" + value + "'") + " as " + column.type().sql() + ")";
    }

    private PhysicalColumn column(String object, String field) {
        return physical(object).column(field);
    }

    private String table(String object) {
        return "data.\"" + physical(object).name() + '"';
    }

    private PhysicalTable physical(String object) {
        return PhysicalSchema.of(writes.catalogs().current()).table(object);
    }

    private Databases databases() {
        return writes.databases();
    }

    private void execute(UUID tenant, String sql) {
        try (Connection connection = databases().app().getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("select set_config('app.tenant', '" + tenant + "', true)");
            statement.execute(sql);
            connection.commit();
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    private static Catalog load(long version, Rules rules) {
        Catalog catalog = CatalogLoader.load(version,
                List.of(TestingCatalogs.source(MetadataSource.FOLDER, RulesYaml.files(rules))));
        var violations = new ArrayList<>(catalog.violations());
        violations.addAll(Permissions.of(catalog).violations());
        violations.removeIf(violation -> !violation.isError());
        if (!violations.isEmpty()) {
            throw new IllegalArgumentException(violations.stream().map(Violation::toString)
                    .collect(Collectors.joining("\n", "", "\n" + RulesYaml.describe(rules))));
        }
        return catalog;
    }

    @Override
    public void close() {
        writes.close();
    }
}
