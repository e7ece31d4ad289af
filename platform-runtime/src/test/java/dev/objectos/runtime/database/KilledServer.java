package dev.objectos.runtime.database;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;

/** A JVM that starts an embedded PostgreSQL, commits a row, says so, and waits to be killed. */
final class KilledServer {

    static final String READY = "committed";

    private KilledServer() {}

    public static void main(String[] arguments) throws SQLException, InterruptedException {
        var server = EmbeddedPostgresServer.start(Path.of(arguments[0]), TestingServer.binaries(), Map.of());
        try (var connection = DriverManager.getConnection(server.url("objectos"), server.user(), server.password());
                var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE kept AS SELECT 42 AS answer");
        }
        System.out.println(READY);
        Thread.currentThread().join();
    }
}
