package dev.objectos.runtime.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;

/**
 * Brings the schema {@code platform} up to date, as the owner role: the runtime's tables and each plugin's, from
 * {@code classpath:db/migration/<plugin-id>}, with one history table per plugin.
 *
 * <p>A migration may use the placeholders <code>${owner}</code>, <code>${app}</code>, <code>${worker}</code> (quoted
 * role names) and <code>${data}</code> (schema of the business tables). A new table in {@code platform} is readable and
 * writable by the worker; what a request needs of it must be granted to <code>${app}</code>.
 */
public final class PlatformMigrations {

    /** The runtime's own id; its tables come first. */
    public static final String RUNTIME = "runtime";

    /** One node migrates at a time. */
    private static final long LOCK = 0x6f626a6563744d69L;

    private PlatformMigrations() {}

    /**
     * Migrates the runtime's tables, then those of the plugins.
     *
     * @param pluginIds in the order of their dependencies; those without migrations are skipped
     */
    public static void migrate(Databases databases, List<String> pluginIds) {
        // Flyway locks each history table, but not the moment in which it makes one.
        try (Connection lock = databases.owner().getConnection(); Statement statement = lock.createStatement()) {
            statement.execute("SELECT pg_advisory_lock(" + LOCK + ")");
            try {
                Map<String, String> applied = MigrationFiles.applied(statement);
                for (String id : (Iterable<String>) Stream.concat(Stream.of(RUNTIME),
                        pluginIds.stream().filter(id -> !id.equals(RUNTIME)))::iterator) {
                    migrate(databases, MigrationFiles.of(id), applied, statement);
                }
            } finally {
                statement.execute("SELECT pg_advisory_unlock(" + LOCK + ")");
            }
        } catch (SQLException e) {
            throw new UnusableDatabaseException(
                    "The platform's tables could not be brought up to date: " + e.getMessage(),
                    "Look into the database's log, and start again.", e);
        }
    }

    /** Where the files are those that were applied last, there is nothing to do, and starting need not wait for Flyway to say so. */
    private static void migrate(Databases databases, MigrationFiles files, Map<String, String> applied,
            Statement statement) throws SQLException {
        if (files.none() || files.fingerprint().equals(applied.get(files.table()))) {
            return;
        }
        Flyway.configure() //
                .dataSource(databases.owner()) //
                .locations("classpath:" + files.location()) //
                .schemas(DatabaseSchemas.PLATFORM) //
                .createSchemas(false) //
                .table(files.table()) //
                .placeholders(databases.roles().placeholders()) //
                // Each history begins in a schema that already holds the tables of others.
                .baselineOnMigrate(true) //
                .baselineVersion("0") //
                .load() //
                .migrate();
        files.note(statement);
    }
}
