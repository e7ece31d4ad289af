package dev.objectos.runtime.database;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A real PostgreSQL 18 for tests: one server per JVM, embedded, or in a container where
 * {@code -Dobjectos.test.database=testcontainers} asks for one.
 */
public final class TestingDatabase {

    private static final String TEMPLATE = "testing_template";
    private static final String ROLES = "testing";

    private static @Nullable TestingServer server;
    private static @Nullable Databases shared;

    private TestingDatabase() {}

    /** The database that all tests of this JVM share: roles provisioned, platform tables migrated, nothing published. */
    public static synchronized Databases shared() {
        Databases known = shared;
        if (known == null) {
            known = fresh("testing_shared");
            shared = known;
        }
        return known;
    }

    /**
     * A new database of that name inside the same server, as empty as {@link #shared()} was; one of the same name goes.
     * Close it after use.
     */
    public static Databases fresh(String name) {
        create(name, TEMPLATE);
        return open(name);
    }

    /** The address of a database of the test server with nothing in it, for tests of the bootstrap itself. */
    public static synchronized DatabaseProperties empty(String name) {
        create(name, "template0");
        return properties(name, null);
    }

    /** Opens a database of the test server once more, as a second node does. */
    public static Databases open(String name) {
        return DatabaseBootstrap.open(address(name));
    }

    /** How another process opens a database of the test server, as a second node does. */
    public static DatabaseProperties address(String name) {
        return properties(name, ROLES);
    }

    /** Does something as the worker. */
    public static void execute(Databases databases, String sql) {
        try (var connection = databases.worker().getConnection(); var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** The one number that a query of the worker answers. */
    public static long number(Databases databases, String sql) {
        try (var connection = databases.worker().getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    private static synchronized void create(String name, String template) {
        TestingServer running = server();
        execute(running, "DROP DATABASE IF EXISTS \"" + name + "\" WITH (FORCE)");
        execute(running, "CREATE DATABASE \"" + name + "\" TEMPLATE " + template);
    }

    private static synchronized TestingServer server() {
        TestingServer known = server;
        if (known == null) {
            known = TestingServer.start();
            server = known;
            execute(known, "CREATE DATABASE " + TEMPLATE);
            try (Databases template = open(TEMPLATE)) {
                PlatformMigrations.migrate(template, List.of());
            }
        }
        return known;
    }

    private static DatabaseProperties properties(String database, @Nullable String rolePrefix) {
        TestingServer running = server();
        return new DatabaseProperties(running.url(database), running.user(), running.password(), rolePrefix,
                new DatabaseProperties.Pools(3, 6, 4), Duration.ofSeconds(30), Duration.ofSeconds(10));
    }

    private static void execute(TestingServer running, String sql) {
        try (var connection = DriverManager.getConnection(running.url("postgres"), running.user(), running.password());
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
