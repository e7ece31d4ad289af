package dev.objectos.runtime.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.runtime.RunsBesideOthers;
import dev.objectos.runtime.database.DatabaseBootstrap;
import dev.objectos.runtime.database.DatabaseProperties;
import dev.objectos.runtime.database.Databases;
import dev.objectos.runtime.database.EmbeddedPostgresServer;
import dev.objectos.runtime.database.PlatformMigrations;
import dev.objectos.runtime.database.TestingDatabase;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.publish.MetadataLayers;
import dev.objectos.runtime.metadata.yaml.CatalogLoader;
import dev.objectos.runtime.plugin.PluginRegistry;
import dev.objectos.runtime.plugin.TestingPlugin;
import dev.objectos.runtime.schema.PublishOptions;
import dev.objectos.runtime.schema.SchemaPublisher;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

@RunsBesideOthers
class DoctorCommandTest {

    @TempDir
    private Path home;

    private record Outcome(int status, String text) {}

    /** Runs the command with these environment variables. */
    private Outcome run(Map<String, String> variables, String... arguments) {
        var all = new HashMap<String, Object>(variables);
        all.put("OBJECTOS_HOME", home.toString());
        var environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new SystemEnvironmentPropertySource(
                "testing-" + StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, all));
        var printed = new ByteArrayOutputStream();
        int status = new DoctorCommand(environment, Clock.systemUTC(),
                new PrintStream(printed, true, StandardCharsets.UTF_8)).run(List.of(arguments));
        return new Outcome(status, printed.toString(StandardCharsets.UTF_8));
    }

    private static Map<String, String> variables(DatabaseProperties database) {
        return Map.of("OBJECTOS_DATABASE_URL", String.valueOf(database.url()), "OBJECTOS_DATABASE_USER",
                String.valueOf(database.user()), "OBJECTOS_DATABASE_PASSWORD", String.valueOf(database.password()));
    }

    /** As a start of the server does. */
    private static void prepare(DatabaseProperties database) {
        try (Databases databases = DatabaseBootstrap.open(database)) {
            PlatformMigrations.migrate(databases, List.of());
            new SchemaPublisher(databases).publish(catalog(), PublishOptions.FROM_FILES);
        }
    }

    private static Catalog catalog() {
        PluginRegistry plugins = PluginRegistry.discover(DoctorCommandTest.class.getClassLoader());
        return CatalogLoader.load(1, new MetadataLayers(plugins, List.of()).get());
    }

    @Test
    void examinesAGivenDatabase() throws IOException {
        DatabaseProperties database = TestingDatabase.empty("doctor_command");
        prepare(database);
        Outcome sound = run(variables(database));
        assertThat(sound.text()).contains("OK    row-level security", "0 failed");
        assertThat(sound.status()).isZero();
        Path metadata = Files.createDirectories(home.resolve("metadata"));
        Files.writeString(metadata.resolve("boats.object.yml"), "fields: {title: {type: text}}\n");
        var more = new HashMap<>(variables(database));
        more.put("OBJECTOS_METADATA_DIRS", metadata.toString());
        more.put("OBJECTOS_TRUST", "development");
        Outcome unpublished = run(more);
        assertThat(unpublished.text()).contains("object boats has no table", "→ start the server", "1 failed",
                "WARN  trust");
        assertThat(unpublished.status()).isEqualTo(1);
    }

    @Test
    void examinesWhatWasAddedAndEditedWhileTheServerRan() throws SQLException, IOException {
        DatabaseProperties database = TestingDatabase.empty("doctor_added");
        prepare(database);
        TestingPlugin.trust(home);
        byte[] archive = new TestingPlugin("acme-boats", "1.0.0", "").object("boats", "").signed();
        try (Databases databases = DatabaseBootstrap.open(database);
                Connection connection = databases.worker().getConnection();
                PreparedStatement plugin = connection.prepareStatement(
                        """
                                INSERT INTO platform.plugin (id, version, state, wanted, greeted, reason, origin, digest, package,
                                    revision) VALUES ('acme-boats', '1.0.0', 'ENABLED', true, true, '', 'boats.zip', 'x', ?, 1)""");
                PreparedStatement edit = connection.prepareStatement(
                        """
                                INSERT INTO platform.metadata_version (type, name, version, state, content, created_at, published_at)
                                VALUES ('object', 'ships', 1, 'published', 'fields: {name: {type: text}}', now(), now())""")) {
            plugin.setBytes(1, archive);
            plugin.executeUpdate();
            edit.executeUpdate();
        }
        assertThat(run(variables(database)).text()).contains("object boats has no table", "object ships has no table",
                "OK    added plugins", "1 packages can be opened");
        Files.delete(home.resolve("trust/acme.yml"));
        assertThat(run(variables(database)).text()).contains("FAIL  added plugins", "acme-boats");
    }

    @Test
    void tellsOfADatabaseThatDoesNotAnswer() {
        Outcome outcome = run(Map.of("OBJECTOS_DATABASE_URL", "jdbc:postgresql://127.0.0.1:1/nothing",
                "OBJECTOS_DATABASE_STARTUP_WAIT", "0s"));
        assertThat(outcome.text()).contains("FAIL  database", "No connection", "→ Check OBJECTOS_DATABASE_URL",
                "OK    Java");
        assertThat(outcome.status()).isEqualTo(1);
    }

    @Test
    void hasLittleToExamineBeforeTheFirstStart() {
        Outcome outcome = run(Map.of());
        assertThat(outcome.text()).contains("WARN  database      there is none yet");
        assertThat(outcome.status()).isZero();
        assertThat(home.resolve("postgres")).doesNotExist();
    }

    @Test
    void startsTheEmbeddedDatabaseOrJoinsTheOneThatRuns() {
        Path folder = home.resolve("postgres");
        var given = new DatabaseProperties(null, null, null, null, DatabaseProperties.Pools.DEFAULT,
                Duration.ofSeconds(30), Duration.ofSeconds(30));
        assertThat(EmbeddedPostgresServer.running(folder, given)).isEmpty();
        try (EmbeddedPostgresServer server = EmbeddedPostgresServer.start(folder)) {
            prepare(server.properties(given));
            assertThat(EmbeddedPostgresServer.running(folder, given)).contains(server.properties(given));
            assertThat(run(Map.of()).text()).contains("OK    published schema", "0 failed");
            assertThat(folder.resolve("data").resolve("postmaster.pid")).exists();
        }
        Outcome stopped = run(Map.of());
        assertThat(stopped.text()).contains("OK    published schema", "0 failed");
        assertThat(stopped.status()).isZero();
        assertThat(folder.resolve("data").resolve("postmaster.pid")).doesNotExist();
    }

    @Test
    void takesNoOptions() {
        assertThat(run(Map.of(), "--deep").status()).isEqualTo(2);
    }
}
