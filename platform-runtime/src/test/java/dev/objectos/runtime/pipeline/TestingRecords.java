package dev.objectos.runtime.pipeline;

import dev.objectos.runtime.database.Databases;
import dev.objectos.runtime.database.TestingDatabase;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.Catalogs;
import dev.objectos.runtime.metadata.FieldPath;
import dev.objectos.runtime.metadata.TestingCatalogs;
import dev.objectos.runtime.plan.ReadPlanner;
import dev.objectos.runtime.query.Query;
import dev.objectos.runtime.query.RecordQuery;
import dev.objectos.runtime.schema.PhysicalSchema;
import dev.objectos.runtime.schema.PhysicalTable;
import dev.objectos.runtime.schema.PublishOptions;
import dev.objectos.runtime.schema.SchemaPublisher;
import dev.objectos.runtime.session.Origin;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.QueryRewriter;
import dev.objectos.runtime.sql.QueryExecutor;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A database with published objects and rows put there directly, and the read pipeline over it. */
final class TestingRecords implements AutoCloseable {

    static final UUID TENANT = UUID.fromString("00000000-0000-7000-8000-0000000000a1");
    static final UUID OTHER_TENANT = UUID.fromString("00000000-0000-7000-8000-0000000000b2");
    static final Session SESSION = Session.system(TENANT, Origin.SYSTEM);
    static final Instant NOW = Instant.parse("2026-05-13T10:30:00Z");

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

    private final Databases databases;
    private final Catalogs catalogs = new Catalogs();

    private TestingRecords(Databases databases, Catalog catalog) {
        this.databases = databases;
        catalogs.publish(catalog);
    }

    static TestingRecords of(String database, String... yaml) {
        Catalog catalog = TestingCatalogs.of(yaml);
        Databases databases = TestingDatabase.fresh(database);
        new SchemaPublisher(databases).publish(catalog, PublishOptions.FROM_FILES);
        return new TestingRecords(databases, catalog);
    }

    ReadPipeline pipeline(QueryRewriter... rewriters) {
        return new ReadPipeline(catalogs, new ReadPlanner(List.of(rewriters)),
                new QueryExecutor(databases.app(), new SimpleMeterRegistry()), Clock.fixed(NOW, ZoneOffset.UTC));
    }

    Catalog catalog() {
        return catalogs.current();
    }

    Databases databases() {
        return databases;
    }

    JsonNode query(Query query) {
        return query(query, SESSION);
    }

    JsonNode query(Query query, Session session, QueryRewriter... rewriters) {
        return JSON.readTree(pipeline(rewriters).query(query, session).utf8());
    }

    JsonNode get(String object, UUID id, String... fields) {
        var query = new RecordQuery(object, id, List.of(fields).stream().map(FieldPath::parse).toList(), List.of());
        return JSON.readTree(pipeline().get(query, SESSION).json().utf8());
    }

    UUID insert(String object, Map<String, ?> values) {
        return insert(object, TENANT, values);
    }

    /** Ids count up in the order of insertion. */
    UUID insert(String object, UUID tenant, Map<String, ?> values) {
        PhysicalTable table = PhysicalSchema.of(catalog()).table(object);
        var columns = new LinkedHashMap<String, @Nullable Object>();
        UUID id = values.get("id") instanceof UUID given ? given : nextId();
        if (!table.global()) {
            columns.put("tenant_id", tenant);
        }
        columns.put("id", id);
        columns.put("version", 1L);
        columns.put("created_at", NOW);
        columns.put("updated_at", NOW);
        values.forEach((field, value) -> columns.put(table.column(field).name(), value));
        String names = String.join(", ", columns.keySet().stream().map(name -> '"' + name + '"').toList());
        var marks = new ArrayList<String>();
        for (String column : columns.keySet()) {
            String type = table.columns().values().stream().filter(known -> known.name().equals(column))
                    .map(known -> known.type().sql()).findFirst().orElse("uuid");
            marks.add("cast(? as " + type + ")");
        }
        String sql = "insert into data.\"" + table.name() + "\" (" + names + ") values (" + String.join(", ", marks)
                + ")";
        try (Connection connection = databases.app().getConnection()) {
            connection.setAutoCommit(false);
            try (var settings = connection.createStatement()) {
                settings.execute("select set_config('app.tenant', '" + tenant
                        + "', true), set_config('app.global_write', 'on', true)");
            }
            try (var statement = connection.prepareStatement(sql)) {
                int index = 1;
                for (Object value : columns.values()) {
                    statement.setObject(index++, jdbc(connection, value));
                }
                statement.executeUpdate();
            }
            connection.commit();
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
        return id;
    }

    private static @Nullable Object jdbc(Connection connection, @Nullable Object value) throws SQLException {
        return switch (value) {
            case Instant instant -> instant.atOffset(ZoneOffset.UTC);
            case List<?> list when !list.isEmpty() && list.getFirst() instanceof UUID ->
                connection.createArrayOf("uuid", list.toArray());
            case List<?> list -> connection.createArrayOf("text", list.toArray());
            case LocalDate date -> date;
            case LocalTime time -> time;
            case null, default -> value;
        };
    }

    private long counter;

    private UUID nextId() {
        counter++;
        return new UUID(0x0197_0000_0000_7000L + (counter << 16), 0x8000_0000_0000_0000L | counter);
    }

    @Override
    public void close() {
        databases.close();
    }
}
