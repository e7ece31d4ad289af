package dev.objectos.runtime.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

class DatabaseBootstrapTest {

    @Test
    void opensThreePoolsOnAnEmptyDatabase() throws SQLException {
        DatabaseProperties properties = TestingDatabase.empty("bootstrap_empty");
        try (Databases databases = DatabaseBootstrap.open(properties)) {
            PlatformMigrations.migrate(databases, List.of());
            try (var connection = databases.app().getConnection();
                    var row = connection.createStatement().executeQuery(
                            "SELECT current_user, current_setting('TimeZone'), current_setting('search_path'), current_setting('statement_timeout')")) {
                row.next();
                assertThat(row.getString(1)).isEqualTo("bootstrap_empty_app");
                assertThat(row.getString(2)).isEqualTo("UTC");
                assertThat(row.getString(3)).isEqualTo("platform");
                assertThat(row.getString(4)).isEqualTo("30s");
            }
            assertThat(databases.diagnostics().leaking()).isEmpty();
            assertThat(databases.diagnostics().extensions()).containsExactly("pg_trgm", "btree_gin");
        }
    }

    @Test
    void sharesOneDatabasePerJvm() {
        assertThat(TestingDatabase.shared()).isSameAs(TestingDatabase.shared());
    }
}
