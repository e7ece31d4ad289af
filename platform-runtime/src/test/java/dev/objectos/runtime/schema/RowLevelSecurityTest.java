package dev.objectos.runtime.schema;

import static dev.objectos.runtime.schema.TestingObjects.catalog;
import static dev.objectos.runtime.schema.TestingObjects.choice;
import static dev.objectos.runtime.schema.TestingObjects.choices;
import static dev.objectos.runtime.schema.TestingObjects.decimal;
import static dev.objectos.runtime.schema.TestingObjects.field;
import static dev.objectos.runtime.schema.TestingObjects.index;
import static dev.objectos.runtime.schema.TestingObjects.lookup;
import static dev.objectos.runtime.schema.TestingObjects.object;
import static dev.objectos.runtime.schema.TestingObjects.text;
import static dev.objectos.runtime.schema.TestingObjects.whole;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.objectos.runtime.database.Databases;
import dev.objectos.runtime.database.TestingDatabase;
import dev.objectos.runtime.metadata.FieldType;
import dev.objectos.runtime.metadata.Tenancy;
import dev.objectos.runtime.session.Session;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The database's own wall between tenants, and that indexes work behind it. */
class RowLevelSecurityTest {

    private static final UUID OURS = Session.DEFAULT_TENANT;
    private static final UUID THEIRS = UUID.fromString("00000000-0000-7000-8000-000000000002");

    private static Databases databases;

    @BeforeAll
    static void publish() throws SQLException {
        databases = TestingDatabase.fresh("schema_rls");
        new SchemaPublisher(databases).publish(catalog( //
                object("countries", Tenancy.GLOBAL, List.of(), text("name"), text("code").unique()),
                object("accounts", text("name")),
                object("contacts", Tenancy.SHARED, List.of(index("tags_idx", false, "tags")), text("name").searchable(),
                        text("city").searchable(), text("email").unique(),
                        lookup("account", "accounts"), choice("status", "new", "old").indexed(),
                        choices("tags", "a", "b", "c").indexed(), decimal("salary", 18, 2).indexed(),
                        decimal("score", null, null).indexed(), whole("age").indexed(),
                        field("born", new FieldType.Date()).indexed(), field("seen", new FieldType.Instant()).indexed(),
                        field("wakes", new FieldType.Time()).indexed(),
                        field("active", new FieldType.Bool("boolean")).indexed(),
                        field("extra", new FieldType.Json("json", List.of())).indexed(),
                        field("friends", new FieldType.References("lookup", "accounts")),
                        text("nickname").indexed())),
                PublishOptions.FROM_FILES);
        for (UUID tenant : List.of(OURS, THEIRS)) {
            as(databases.app(), tenant,
                    """
                            INSERT INTO data.contacts (tenant_id, name, city, email, status, tags, salary, score, age, born, seen,
                                                       wakes, active, extra, nickname)
                            SELECT current_setting('app.tenant')::uuid, md5(n::text), md5((n + 7)::text), n || '@example.com',
                                   'new', ARRAY['a'], n, n, n, date '2000-01-01' + n, timestamptz '2000-01-01Z' + n * interval '1 h',
                                   time '00:00' + n * interval '1 s', n % 1000 = 0, jsonb_build_object('k', n), md5(n::text)
                            FROM generate_series(1, 5000) n""");
        }
        try (Connection connection = databases.owner().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("VACUUM ANALYZE data.contacts");
        }
    }

    @AfterAll
    static void close() {
        databases.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"email = 'x'", "email IN ('x', 'y')", "status = 'old'", "age = 5", "age > 4990",
            "age BETWEEN 5 AND 6", "age IN (1, 2)", "salary = 5", "salary > 4990", "salary <= 3",
            "salary BETWEEN 5 AND 6", "salary = ANY(ARRAY[1, 2]::numeric[])", "score >= 4990",
            "score <> 1 AND score < 3",
            "born = '2001-01-01'", "born > '2013-01-01'", "born > timestamptz '2013-09-01Z'", "seen < '2000-01-02Z'",
            "seen < date '2000-01-02'", "wakes < '00:00:10'", "active = true",
            "account = '00000000-0000-7000-8000-000000000009'", "tags @> ARRAY['b']", "tags && ARRAY['b', 'c']",
            "friends @> ARRAY['00000000-0000-7000-8000-000000000009']::uuid[]", "extra @> '{\"k\": 1}'",
            "name ILIKE '%abcd%'", "name LIKE '%abcd%'", "name LIKE 'abcd%'", "nickname LIKE 'abcd%'",
            "nickname >= 'ff' AND nickname < 'fg'", "starts_with(nickname, 'abcd')",
            "id < '00000000-0000-7000-8000-000000000009'"})
    void usesTheIndexAsTheWorkingRole(String condition) throws SQLException {
        String column = condition.replaceFirst(".*?([a-z_]+)( |,).*", "$1");
        for (DataSource role : List.of(databases.app(), databases.worker())) {
            assertThat(explain(role, "SELECT id FROM data.contacts WHERE " + condition))
                    .containsPattern("Index Cond: .*\\b" + column + "\\b");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '"', value = {"age;bigint;age >= $1;5",
            "salary;numeric;salary = $1;5", "salary;numeric[];salary = ANY($1);ARRAY[5]",
            "name;text;name ILIKE '%' || $1 || '%';'abcd'", "tags;text[];tags && $1;ARRAY['b']",
            "seen;timestamptz;seen < $1;'2000-01-02Z'"})
    void usesTheIndexInAPlanForAnyValue(String column, String type, String condition, String value)
            throws SQLException {
        try (Connection connection = databases.app().getConnection(); var statement = connection.createStatement()) {
            statement.execute("SET plan_cache_mode = force_generic_plan");
            statement.execute(
                    "PREPARE any_value(" + type + ") AS SELECT id FROM data.contacts WHERE " + condition);
            String plan = explain(connection, "EXECUTE any_value(" + value + ")");
            statement.execute("DEALLOCATE any_value; RESET plan_cache_mode");
            assertThat(plan).containsPattern("Index Cond: .*\\b" + column + "\\b.*\\$1");
        }
    }

    @Test
    void keepsOneIndexOfAListForWhatItHasInIt() throws SQLException {
        try (Connection connection = databases.owner().getConnection();
                var statement = connection.createStatement();
                var indexes = statement.executeQuery(
                        "SELECT indexdef FROM pg_indexes WHERE tablename = 'contacts' AND indexdef LIKE '%tags%'")) {
            assertThat(indexes.next()).isTrue();
            assertThat(indexes.getString(1)).contains("USING gin (tenant_id, tags)");
            assertThat(indexes.next()).isFalse();
        }
    }

    @Test
    void searchesSeveralFieldsByOneIndex() throws SQLException {
        String plan = explain(databases.app(), """
                SELECT id FROM data.contacts
                WHERE (name ILIKE '%abcd%' OR city ILIKE '%abcd%') AND (name ILIKE '%12%' OR city ILIKE '%12%')""");
        assertThat(plan).contains("BitmapOr").containsPattern("Index Cond: .*tenant_id.*name ~~\\* '%abcd%'")
                .containsPattern("Index Cond: .*city ~~\\* '%abcd%'");
    }

    @Test
    void listsInTheOrderOfTheKey() throws SQLException {
        assertThat(explain(databases.app(), "SELECT id FROM data.contacts ORDER BY id LIMIT 10"))
                .contains("contacts_id_key").doesNotContain("Sort");
    }

    @Test
    void showsNothingWithoutATenant() throws SQLException {
        for (DataSource role : List.of(databases.app(), databases.worker(), databases.owner())) {
            try (Connection connection = role.getConnection()) {
                assertThat(count(connection, "data.contacts")).isZero();
            }
        }
        assertThatThrownBy(() -> run(databases.app(), "INSERT INTO data.accounts (tenant_id) VALUES ('" + OURS + "')"))
                .hasMessageContaining("row-level security");
    }

    @Test
    void leavesNoTenantBehind() throws SQLException {
        try (Connection connection = databases.app().getConnection(); var statement = connection.createStatement()) {
            statement.execute(
                    "SELECT set_config('app.tenant', '" + OURS + "', true); SELECT count(*) FROM data.contacts");
            statement.getMoreResults();
            try (var row = statement.getResultSet()) {
                row.next();
                assertThat(row.getInt(1)).isEqualTo(5_000);
            }
            assertThat(count(connection, "data.contacts")).isZero();
        }
    }

    @Test
    void neitherReadsNorWritesRecordsOfAnotherTenant() throws SQLException {
        for (DataSource role : List.of(databases.app(), databases.worker())) {
            assertThat(as(role, OURS, "UPDATE data.contacts SET city = 'x' WHERE tenant_id = '" + THEIRS + "'"))
                    .isZero();
            assertThat(as(role, OURS, "DELETE FROM data.contacts WHERE tenant_id = '" + THEIRS + "'")).isZero();
            assertThatThrownBy(
                    () -> as(role, OURS, "INSERT INTO data.accounts (tenant_id) VALUES ('" + THEIRS + "')"))
                    .hasMessageContaining("row-level security");
            assertThatThrownBy(() -> as(role, OURS,
                    "UPDATE data.contacts SET tenant_id = '" + THEIRS + "' WHERE email = '1@example.com'"))
                    .hasMessageContaining("row-level security");
        }
    }

    @Test
    void refersToRecordsOfTheSameTenantOnly() throws SQLException {
        UUID account = UUID.fromString("00000000-0000-7000-8000-0000000000aa");
        as(databases.app(), THEIRS,
                "INSERT INTO data.accounts (tenant_id, id) VALUES ('" + THEIRS + "', '" + account + "')");
        assertThatThrownBy(() -> as(databases.app(), OURS,
                "UPDATE data.contacts SET account = '" + account + "' WHERE email = '1@example.com'"))
                .hasMessageContaining("violates foreign key constraint");
    }

    @Test
    void letsOnlyAdministratorsWriteGlobalRecords() throws SQLException {
        assertThatThrownBy(() -> as(databases.app(), OURS, "INSERT INTO data.countries (code) VALUES ('DE')"))
                .hasMessageContaining("row-level security");
        as(databases.app(), OURS,
                "SELECT set_config('app.global_write', 'on', true); INSERT INTO data.countries (code) VALUES ('FR')");
        assertThat(as(databases.app(), OURS, "UPDATE data.countries SET name = 'x'")).isZero();
        try (Connection connection = databases.app().getConnection()) {
            assertThat(count(connection, "data.countries")).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"CREATE TABLE data.mine (id int)", "CREATE TABLE platform.mine (id int)",
            "CREATE TABLE public.mine (id int)", "CREATE TEMPORARY TABLE mine (id int)", "CREATE SCHEMA mine",
            "CREATE ROLE mine", "ALTER TABLE data.contacts DISABLE ROW LEVEL SECURITY",
            "DROP POLICY tenant ON data.contacts", "TRUNCATE data.contacts", "DROP TABLE data.contacts",
            "SET ROLE testing_owner", "SELECT * FROM platform_bootstrap.login", "SELECT * FROM platform.schema_object",
            "SELECT * FROM platform.outbox", "UPDATE platform.tenant SET name = 'x'"})
    void letsTheWorkingRoleDoNothingElse(String statement) {
        assertThatThrownBy(() -> run(databases.app(), statement)).isInstanceOf(SQLException.class)
                .hasMessageMatching("(?s).*(permission denied|must be owner|not owner).*");
    }

    @Test
    void cannotBypassByASetting() throws SQLException {
        try (Connection connection = databases.app().getConnection(); var statement = connection.createStatement()) {
            statement.execute("SET app.publish = 'on'");
            assertThat(count(connection, "data.contacts")).isZero();
            statement.execute("RESET app.publish");
            statement.execute("SET row_security = off");
            assertThatThrownBy(() -> count(connection, "data.contacts")).hasMessageContaining("row-level security");
            statement.execute("RESET row_security");
        }
    }

    private static long count(Connection connection, String table) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT count(*) FROM " + table)) {
            row.next();
            return row.getLong(1);
        }
    }

    private static void run(DataSource role, String sql) throws SQLException {
        try (Connection connection = role.getConnection(); var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** How many rows the last statement touched. */
    private static int as(DataSource role, UUID tenant, String sql) throws SQLException {
        try (Connection connection = role.getConnection(); var statement = connection.createStatement()) {
            statement.execute("SELECT set_config('app.tenant', '" + tenant + "', true); " + sql);
            int rows = -1;
            while (statement.getMoreResults() || statement.getUpdateCount() >= 0) {
                rows = Math.max(rows, statement.getUpdateCount());
            }
            return rows;
        }
    }

    private static String explain(DataSource role, String sql) throws SQLException {
        try (Connection connection = role.getConnection()) {
            return explain(connection, sql);
        }
    }

    private static String explain(Connection connection, String sql) throws SQLException {
        connection.setAutoCommit(false);
        try (var statement = connection.createStatement()) {
            statement.execute("SET LOCAL enable_seqscan = off");
            statement.execute("SELECT set_config('app.tenant', '" + OURS + "', true)");
            var plan = new StringBuilder();
            try (var rows = statement.executeQuery("EXPLAIN " + sql)) {
                while (rows.next()) {
                    plan.append(rows.getString(1)).append('\n');
                }
            }
            return plan.toString();
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }
}
