package dev.objectos.runtime.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.objectos.runtime.RunsBesideOthers;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.boot.diagnostics.FailureAnalysis;

@RunsBesideOthers
class DatabaseBootstrapTest {

    @Test
    void opensThreePoolsOnAnEmptyDatabase() throws SQLException {
        try (Databases databases = DatabaseBootstrap.open(TestingDatabase.empty("bootstrap_empty"))) {
            PlatformMigrations.migrate(databases, List.of("no-migrations-of-its-own"));
            assertThat(value(databases.app(), "SELECT current_user")).isEqualTo("bootstrap_empty_app");
            assertThat(value(databases.worker(), "SELECT current_user")).isEqualTo("bootstrap_empty_worker");
            assertThat(value(databases.owner(), "SELECT current_user")).isEqualTo("bootstrap_empty_owner");
            assertThat(value(databases.app(), "SHOW TimeZone")).isEqualTo("UTC");
            assertThat(value(databases.app(), "SHOW search_path")).isEqualTo("platform");
            assertThat(value(databases.app(), "SHOW statement_timeout")).isEqualTo("30s");
            assertThat(value(databases.worker(), "SHOW statement_timeout")).isEqualTo("0");
            assertThat(value(databases.worker(), "SELECT slug FROM platform.tenant")).isEqualTo("default");
            assertThat(databases.diagnostics().leaking()).isEmpty();
            assertThat(databases.diagnostics().extensions()).containsExactly("pg_trgm", "btree_gin");
        }
    }

    @Test
    void looksAtNoHistoryWhoseMigrationsAreThoseOfTheStartBefore() throws SQLException {
        DatabaseProperties properties = TestingDatabase.empty("bootstrap_again");
        String remembered = "SELECT obj_description('platform.migration_history_runtime'::regclass, 'pg_class')";
        try (Databases databases = DatabaseBootstrap.open(properties)) {
            PlatformMigrations.migrate(databases, List.of());
            String fingerprint = value(databases.owner(), remembered);
            execute(properties, "COMMENT ON TABLE platform.migration_history_runtime IS 'objectos of other files'");
            PlatformMigrations.migrate(databases, List.of());
            assertThat(value(databases.owner(), remembered)).isEqualTo(fingerprint);

            execute(properties, "DELETE FROM platform.migration_history_runtime");
            PlatformMigrations.migrate(databases, List.of());
            assertThat(value(databases.owner(), "SELECT count(*) FROM platform.migration_history_runtime"))
                    .isEqualTo("0");
        }
    }

    @Test
    void finishesOnceWhenTwoNodesStartTogether() throws Exception {
        DatabaseProperties properties = TestingDatabase.empty("bootstrap_twins");
        Callable<String> node = () -> {
            try (Databases databases = DatabaseBootstrap.open(properties)) {
                PlatformMigrations.migrate(databases, List.of());
                return value(databases.app(), "SELECT current_user");
            }
        };
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<String> result : threads.invokeAll(List.of(node, node, node))) {
                assertThat(result.get()).isEqualTo("bootstrap_twins_app");
            }
        }
    }

    @Test
    void makesDoWithAUserThatIsNoSuperuser() throws SQLException {
        DatabaseProperties mighty = TestingDatabase.empty("bootstrap_plain");
        execute(mighty, "DROP ROLE IF EXISTS plain_user");
        execute(mighty, "CREATE ROLE plain_user LOGIN CREATEROLE PASSWORD 'plain'");
        execute(mighty, "GRANT CREATE ON DATABASE bootstrap_plain TO plain_user");
        DatabaseProperties plain = DatabaseProperties.at(String.valueOf(mighty.url()), "plain_user", "plain");
        for (int start = 1; start <= 2; start++) {
            try (Databases databases = DatabaseBootstrap.open(plain)) {
                PlatformMigrations.migrate(databases, List.of());
                assertThat(value(databases.worker(), "SELECT slug FROM platform.tenant")).isEqualTo("default");
                assertThat(databases.diagnostics().superuser()).isFalse();
                assertThat(databases.diagnostics().indexesServeEveryFilter()).isFalse();
                assertThat(databases.diagnostics().leaking()).contains("numeric_eq(numeric,numeric)");
                assertThat(databases.diagnostics().extensions()).containsExactly("pg_trgm", "btree_gin");
                assertThatThrownBy(() -> value(databases.app(), "SELECT secret FROM platform_bootstrap.login"))
                        .hasMessageContaining("permission denied");
            }
        }
    }

    @Test
    void saysWhatAUserWithoutRightsLacks() throws SQLException {
        DatabaseProperties mighty = TestingDatabase.empty("bootstrap_weak");
        execute(mighty, "DROP ROLE IF EXISTS weak_user");
        execute(mighty, "CREATE ROLE weak_user LOGIN PASSWORD 'weak'");
        FailureAnalysis shown = analyze(DatabaseProperties.at(String.valueOf(mighty.url()), "weak_user", "weak"));
        assertThat(shown.getDescription()).contains("could not be prepared", "permission denied");
        assertThat(shown.getAction()).contains("CREATEROLE");
    }

    @Test
    void saysThatThePasswordIsWrongWithoutShowingIt() {
        DatabaseProperties right = TestingDatabase.empty("bootstrap_wrong");
        FailureAnalysis shown = analyze(
                DatabaseProperties.at(right.url() + "?sslpassword=hidden", String.valueOf(right.user()), "wrong"));
        assertThat(shown.getDescription()).contains("password authentication failed").doesNotContain("hidden");
        assertThat(shown.getAction()).contains("OBJECTOS_DATABASE_PASSWORD");
    }

    @Test
    void givesUpOnAServerThatNeverAnswers() {
        var nowhere = new DatabaseProperties("jdbc:postgresql://127.0.0.1:1/none", "x", "x", null,
                DatabaseProperties.Pools.DEFAULT, Duration.ofSeconds(1), Duration.ofMillis(300));
        assertThat(analyze(nowhere).getDescription()).contains("No connection to the database", "127.0.0.1:1");
    }

    @Test
    void refusesARoleThatCouldBypassTheWall() throws SQLException {
        DatabaseProperties properties = TestingDatabase.empty("bootstrap_mighty");
        execute(properties, "DROP ROLE IF EXISTS bootstrap_mighty_app");
        execute(properties, "CREATE ROLE bootstrap_mighty_app LOGIN BYPASSRLS");
        assertThat(analyze(properties).getDescription()).contains("bootstrap_mighty_app may bypass");
        execute(properties, "DROP ROLE bootstrap_mighty_app");
    }

    @Test
    void refusesAnOldServer() {
        assertThatThrownBy(() -> DatabaseBootstrap.refuse(170_006, "17.6", "UTF8"))
                .isInstanceOf(UnusableDatabaseException.class).hasMessage("PostgreSQL 17.6 is too old.");
        assertThatThrownBy(() -> DatabaseBootstrap.refuse(180_000, "18.0", "SQL_ASCII"))
                .isInstanceOf(UnusableDatabaseException.class).hasMessageContaining("SQL_ASCII");
    }

    @Test
    void sharesOneDatabasePerJvm() {
        assertThat(TestingDatabase.shared()).isSameAs(TestingDatabase.shared());
    }

    private static FailureAnalysis analyze(DatabaseProperties properties) {
        try (Databases databases = DatabaseBootstrap.open(properties)) {
            throw new AssertionError(databases + " should not have opened");
        } catch (UnusableDatabaseException e) {
            FailureAnalysis analysis = new UnusableDatabaseFailureAnalyzer().analyze(new RuntimeException(e));
            assertThat(analysis).isNotNull();
            return analysis;
        }
    }

    private static void execute(DatabaseProperties properties, String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(String.valueOf(properties.url()), properties.user(),
                properties.password()); var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String value(DataSource source, String sql) throws SQLException {
        try (var connection = source.getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }
}
