package dev.objectos.runtime.metadata.publish;

import dev.objectos.runtime.database.Databases;
import dev.objectos.runtime.database.TestingDatabase;
import dev.objectos.runtime.derived.DerivedValues;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.Catalogs;
import dev.objectos.runtime.metadata.FieldPath;
import dev.objectos.runtime.metadata.MetadataSource;
import dev.objectos.runtime.metadata.TestingCatalogs;
import dev.objectos.runtime.pipeline.ReadPipeline;
import dev.objectos.runtime.pipeline.RecordPipeline;
import dev.objectos.runtime.pipeline.RecordRights;
import dev.objectos.runtime.pipeline.WritePipeline;
import dev.objectos.runtime.plan.ChangeRights;
import dev.objectos.runtime.plan.FieldViews;
import dev.objectos.runtime.plan.MutationPlanner;
import dev.objectos.runtime.plan.ReadPlanner;
import dev.objectos.runtime.plan.RecordPlanner;
import dev.objectos.runtime.plan.SecretValues;
import dev.objectos.runtime.query.Page;
import dev.objectos.runtime.query.Predicate;
import dev.objectos.runtime.query.Query;
import dev.objectos.runtime.query.Sort;
import dev.objectos.runtime.schema.SchemaPublisher;
import dev.objectos.runtime.session.Origin;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.Records;
import dev.objectos.runtime.sql.MutationExecutor;
import dev.objectos.runtime.sql.OutboxRecorder;
import dev.objectos.runtime.sql.QueryExecutor;
import dev.objectos.runtime.sql.WriteExecutor;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An application of a few files over a database of its own: publish, change a file, publish again, load seeds. */
final class TestingApplication implements AutoCloseable {

    static final Session SESSION = Session.system(Session.DEFAULT_TENANT, Origin.SYSTEM);

    private final Databases databases;
    private final Catalogs catalogs = new Catalogs();
    private final Map<String, String> folder = new LinkedHashMap<>();
    private final Map<String, String> plugin = new LinkedHashMap<>();
    private MetadataPublisher publisher;
    private final Records records;

    TestingApplication(String database) {
        databases = TestingDatabase.fresh(database);
        var writes = new WriteExecutor(databases.app(), new SimpleMeterRegistry());
        publisher = publisher(writes);
        var reads = new ReadPipeline(catalogs, new ReadPlanner(List.of()),
                new QueryExecutor(databases.app(), new SimpleMeterRegistry()), Clock.systemUTC());
        var secrets = new SecretValues(new SecretKeySpec(new byte[32], "AES"), 1_000);
        records = new RecordPipeline(reads,
                new WritePipeline(catalogs,
                        new MutationPlanner(List.of(), new FieldViews(List::of), ChangeRights.OPEN, secrets,
                                Clock.systemUTC()),
                        new MutationExecutor(List.of(new OutboxRecorder()), _ -> false),
                        writes,
                        new RecordRights(new RecordPlanner(List::of, ChangeRights.OPEN), Clock.systemUTC()), List.of(),
                        reads));
    }

    private MetadataPublisher publisher(WriteExecutor writes) {
        return new MetadataPublisher(this::layers, new SchemaPublisher(databases),
                new DerivedValues(databases, writes, Clock.systemUTC()), catalogs, List.of());
    }

    /** Has the next publication know nothing of those before, as in a server that has just started. */
    TestingApplication restart() {
        publisher = publisher(new WriteExecutor(databases.app(), new SimpleMeterRegistry()));
        return this;
    }

    private List<MetadataSource> layers() {
        return List.of(TestingCatalogs.source("acme", plugin), TestingCatalogs.source(MetadataSource.FOLDER, folder));
    }

    /** A file of the folder given at the start. */
    TestingApplication file(String path, String yaml) {
        folder.put(path, yaml);
        return this;
    }

    TestingApplication remove(String path) {
        folder.remove(path);
        return this;
    }

    /** A file of a plugin called acme. */
    TestingApplication pluginFile(String path, String yaml) {
        plugin.put(path, yaml);
        return this;
    }

    Catalog publish() {
        return publisher.publish();
    }

    Catalog current() {
        return catalogs.current();
    }

    Records records() {
        return records;
    }

    /** Publishes, loads the seeds, and gives what the catalog has found wrong by then. */
    List<String> start(boolean demoData) {
        publish();
        new Seeding(new SeedLoader(records, databases.worker(), Clock.systemUTC()), catalogs, demoData).load();
        return current().violations().stream().map(Object::toString).toList();
    }

    /** Start with demo data, with nothing found wrong. */
    TestingApplication started() {
        List<String> found = start(true);
        if (!found.isEmpty()) {
            throw new AssertionError(String.join("\n", found));
        }
        return this;
    }

    /** The values of some fields of all records, joined by blanks, in the order of the first. */
    List<String> rows(String object, String... fields) {
        var query = new Query(object, List.of(fields).stream().map(FieldPath::parse).toList(), Predicate.ALWAYS,
                List.of(new Sort(FieldPath.of(fields[0]), false)), Page.first(Page.MAXIMUM),
                List.of(), List.of(), List.of(), Predicate.ALWAYS, null, false);
        var rows = new ArrayList<String>();
        for (JsonNode row : new JsonMapper().readTree(records.query(query, SESSION).utf8()).path("records")) {
            rows.add(String.join(" ", List.of(fields).stream().map(field -> text(row, field)).toList()));
        }
        return rows;
    }

    private static String text(JsonNode row, String path) {
        JsonNode node = row;
        for (String step : path.split("\\.", -1)) {
            node = node.path(step);
        }
        return node.isMissingNode() || node.isNull() ? "-" : node.isContainer() ? node.toString() : node.asString();
    }

    /** The first column of the first row, by the platform's own login. */
    String platform(String sql) {
        try (var connection = databases.worker().getConnection(); var statement = connection.createStatement()) {
            if (!statement.execute(sql)) {
                return String.valueOf(statement.getUpdateCount());
            }
            try (var rows = statement.getResultSet()) {
                return rows.next() ? String.valueOf(rows.getString(1)) : "";
            }
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** Keeps what the statement locks until the connection is closed; by the owner. */
    Connection hold(String sql) throws SQLException {
        Connection connection = databases.owner().getConnection();
        connection.setAutoCommit(false);
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
        return connection;
    }

    /** The first column of the rows of all tenants, or nothing of a statement that has none; by the owner. */
    List<String> owner(String sql) {
        try (var connection = databases.owner().getConnection(); var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("SET LOCAL app.publish = 'on'");
            var found = new ArrayList<String>();
            if (statement.execute(sql)) {
                try (var rows = statement.getResultSet()) {
                    while (rows.next()) {
                        found.add(String.valueOf(rows.getString(1)));
                    }
                }
            }
            connection.commit();
            return found;
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    @Override
    public void close() {
        databases.close();
    }
}
