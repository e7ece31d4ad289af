package dev.objectos.runtime.schema;

import static dev.objectos.runtime.schema.TestingObjects.catalog;
import static dev.objectos.runtime.schema.TestingObjects.object;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.database.Databases;
import dev.objectos.runtime.database.TestingDatabase;
import dev.objectos.runtime.schema.TestingObjects.Field;
import dev.objectos.runtime.session.Session;
import java.sql.SQLException;
import java.util.Map;

/** A database of its own into which objects are published, most of them {@code things}. */
record TestingSchema(Databases databases, SchemaPublisher publisher) implements AutoCloseable {

    /** @param name of the database */
    static TestingSchema fresh(String name) {
        Databases databases = TestingDatabase.fresh(name);
        return new TestingSchema(databases, new SchemaPublisher(databases));
    }

    /** The column in which a field of {@code things} is now. */
    String column(String field) throws SQLException {
        return string(
                "SELECT quote_ident(name) FROM platform.schema_column WHERE object = 'things' AND field = '" + field
                        + "' AND retired_at IS NULL ORDER BY generation DESC LIMIT 1");
    }

    long columns(String identity) throws SQLException {
        return number("SELECT count(*) FROM pg_attribute WHERE attrelid = 'data.things'::regclass AND NOT attisdropped "
                + "AND split_part(attname, '~', 1) = '" + identity + "'");
    }

    static Map<String, Object> loss(String field, String reason, long rows) {
        return Map.of("object", "things", "field", field, "reason", reason, "rows", rows);
    }

    SchemaPlan publish(Field... fields) {
        return publisher.publish(catalog(object("things", fields)), PublishOptions.FROM_FILES);
    }

    PlatformException refusal(PublishOptions options, Field... fields) {
        return catchThrowableOfType(PlatformException.class,
                () -> publisher.publish(catalog(object("things", fields)), options));
    }

    /** Inserts into {@code things} of the default tenant. */
    void insert(String columnsAndValues) throws SQLException {
        write("ALTER TABLE data.things ALTER COLUMN tenant_id SET DEFAULT '" + Session.DEFAULT_TENANT + "'", true);
        write("INSERT INTO data.things " + columnsAndValues);
    }

    void write(String sql) throws SQLException {
        write(sql, false);
    }

    void write(String sql, boolean asOwner) throws SQLException {
        try (var connection = (asOwner ? databases.owner() : databases.app()).getConnection();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("SELECT set_config('app.tenant', '" + Session.DEFAULT_TENANT + "', true)");
            statement.execute(sql);
            connection.commit();
        }
    }

    long number(String sql) throws SQLException {
        return Long.parseLong(string(sql));
    }

    String string(String sql) throws SQLException {
        try (var connection = databases.owner().getConnection(); var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("SET LOCAL app.publish = 'on'");
            try (var row = statement.executeQuery(sql)) {
                row.next();
                return row.getString(1);
            } finally {
                connection.rollback();
            }
        }
    }

    @Override
    public void close() {
        databases.close();
    }
}
