package dev.objectos.runtime.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.objectos.runtime.RunsBesideOthers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@RunsBesideOthers
class EmbeddedPostgresServerTest {

    @TempDir
    private Path folder;

    @Test
    void keepsDataPortAndPasswordOverARestart() throws SQLException, IOException {
        int port;
        try (EmbeddedPostgresServer server = start()) {
            port = server.port();
            execute(server, "CREATE TABLE kept AS SELECT 42 AS answer");
        }
        assertThat(folder.resolve("data").resolve("postmaster.pid")).doesNotExist();
        try (EmbeddedPostgresServer server = start()) {
            assertThat(server.port()).isEqualTo(port);
            assertThat(value(server, "SELECT answer FROM kept")).isEqualTo("42");
            assertThat(value(server, "SHOW fsync") + value(server, "SHOW synchronous_commit")
                    + value(server, "SHOW full_page_writes")).isEqualTo("ononon");
            assertThat(value(server, "SHOW listen_addresses")).isEqualTo("127.0.0.1");
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("password"))))
                .isEqualTo("rw-------");
    }

    @Test
    void asksEveryLoginForThePassword() {
        try (EmbeddedPostgresServer server = start()) {
            assertThatThrownBy(() -> DriverManager.getConnection(server.url("objectos"), server.user(), "wrong"))
                    .isInstanceOf(SQLException.class).hasMessageContaining("password authentication failed");
        }
    }

    @Test
    void refusesAFolderThatAnotherServerUses() {
        try (EmbeddedPostgresServer server = start()) {
            assertThat(server.port()).isPositive();
            assertThatThrownBy(this::start).isInstanceOf(UnusableDatabaseException.class)
                    .hasMessageContaining("Another server uses the data folder " + folder);
        }
    }

    @Test
    void takesTheFolderOverFromAKilledServer() throws Exception {
        Process killed = new ProcessBuilder(ProcessHandle.current().info().command().orElseThrow(), "-cp",
                System.getProperty("java.class.path"), KilledServer.class.getName(), folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try (var output = killed.inputReader()) {
            assertThat(output.lines().anyMatch(KilledServer.READY::equals)).isTrue();
        } finally {
            killed.destroyForcibly();
            killed.waitFor(10, TimeUnit.SECONDS);
        }
        long orphan = postmaster();
        assertThat(ProcessHandle.of(orphan).flatMap(process -> process.info().command())).isPresent();

        try (EmbeddedPostgresServer server = start()) {
            assertThat(value(server, "SELECT answer FROM kept")).isEqualTo("42");
            assertThat(postmaster()).isNotEqualTo(orphan);
            // A dead one may still be listed, but runs no program.
            assertThat(ProcessHandle.of(orphan).flatMap(process -> process.info().command())).isEmpty();
        }
    }

    @Test
    void startsBesideAPidFileWhoseProcessIsAnotherProgram() throws IOException, SQLException {
        try (EmbeddedPostgresServer server = start()) {
            execute(server, "CREATE TABLE kept AS SELECT 42 AS answer");
        }
        Files.write(folder.resolve("data").resolve("postmaster.pid"),
                List.of(Long.toString(ProcessHandle.current().pid()), folder.resolve("data").toString(), "0", "1"));
        try (EmbeddedPostgresServer server = start()) {
            assertThat(value(server, "SELECT answer FROM kept")).isEqualTo("42");
        }
    }

    @Test
    void opensAsTheDatabaseOfThePlatform() throws SQLException {
        try (EmbeddedPostgresServer server = start();
                Databases databases = DatabaseBootstrap.open(server.properties(
                        DatabaseProperties.at("unused", "unused", null)))) {
            assertThat(databases.diagnostics().indexesServeEveryFilter()).isTrue();
            try (Connection connection = databases.worker().getConnection()) {
                assertThat(connection.isValid(1)).isTrue();
            }
        }
    }

    private EmbeddedPostgresServer start() {
        return EmbeddedPostgresServer.start(folder, TestingServer.binaries(), Map.of());
    }

    private long postmaster() throws IOException {
        return Long.parseLong(Files.readAllLines(folder.resolve("data").resolve("postmaster.pid")).getFirst());
    }

    private static void execute(EmbeddedPostgresServer server, String sql) throws SQLException {
        try (Connection connection = connect(server); var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String value(EmbeddedPostgresServer server, String sql) throws SQLException {
        try (Connection connection = connect(server);
                var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    private static Connection connect(EmbeddedPostgresServer server) throws SQLException {
        return DriverManager.getConnection(server.url("objectos"), server.user(), server.password());
    }
}
