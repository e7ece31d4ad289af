package dev.objectos.runtime.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

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

    private PlatformMigrations() {}

    /**
     * Migrates the runtime's tables, then those of the plugins.
     *
     * @param pluginIds in the order of their dependencies; those without migrations are skipped
     */
    public static void migrate(Databases databases, List<String> pluginIds) {
        migrate(databases, RUNTIME);
        for (String id : pluginIds) {
            if (!id.equals(RUNTIME)) {
                migrate(databases, id);
            }
        }
    }

    private static void migrate(Databases databases, String id) {
        String location = "db/migration/" + id;
        if (!exists(location)) {
            return;
        }
        Flyway.configure() //
                .dataSource(databases.owner()) //
                .locations("classpath:" + location) //
                .schemas(DatabaseSchemas.PLATFORM) //
                .createSchemas(false) //
                .table("migration_history_" + id.replaceAll("[^a-z0-9]", "_")) //
                .placeholders(databases.roles().placeholders()) //
                // Each history begins in a schema that already holds the tables of others.
                .baselineOnMigrate(true) //
                .baselineVersion("0") //
                .load() //
                .migrate();
    }

    private static boolean exists(String location) {
        try {
            return new PathMatchingResourcePatternResolver()
                    .getResources("classpath*:" + location + "/*.sql").length > 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
