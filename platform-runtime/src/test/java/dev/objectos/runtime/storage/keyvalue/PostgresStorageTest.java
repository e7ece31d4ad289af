package dev.objectos.runtime.storage.keyvalue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.objectos.runtime.database.TestingDatabase;
import dev.objectos.runtime.spi.StorageDriver;
import dev.objectos.runtime.storage.KeyValueStore;
import dev.objectos.runtime.storage.StoredValue;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PostgresStorageTest extends KeyValueStoreConformance {

    @Override
    protected StorageDriver driver() {
        return new PostgresStorageDriver(TestingDatabase.shared().app(), TestingDatabase.shared().worker());
    }

    @Test
    void theRoleOfRequestsSeesOneOwnerInOneTenantWhateverItAsks() throws SQLException {
        stores.store().put("a", StoredValue.text("mine"));
        try (Connection app = TestingDatabase.shared().app().getConnection()) {
            app.setAutoCommit(false);
            String all = "select count(*) from platform.storage_entry";
            assertThat(number(app, all)).isZero();
            assertThat(number(app, "select count(*) from platform.storage_usage")).isZero();

            scope(app, stores.tenant(), "somebody-else");
            assertThat(number(app, all)).isZero();
            assertThat(changed(app, "delete from platform.storage_entry")).isZero();
            assertThat(changed(app, "update platform.storage_usage set bytes = 0")).isZero();
            scope(app, UUID.randomUUID(), stores.plugin());
            assertThat(number(app, all)).isZero();
            scope(app, stores.tenant(), stores.plugin());
            assertThat(number(app, all)).isEqualTo(1);

            scope(app, UUID.randomUUID(), "somebody-else");
            assertThatThrownBy(() -> changed(app,
                    "insert into platform.storage_entry (tenant_id, owner, namespace, key, "
                            + "value, content_type, revision, updated_at) values ('" + stores.tenant() + "', '"
                            + stores.plugin() + "', 'things', 'b', '', 'text/plain', 1, now())"))
                    .hasMessageContaining("row-level security");
            app.rollback();
            assertThatThrownBy(() -> number(app, "select count(*) from platform.storage_grant"))
                    .hasMessageContaining("permission denied");
            app.rollback();
        }
    }

    @Test
    void theConnectionIsLeftWithoutATenant() throws SQLException {
        stores.store().put("a", StoredValue.text("mine"));
        assertThat(stores.store().get("a")).isPresent();
        try (Connection app = TestingDatabase.shared().app().getConnection()) {
            assertThat(number(app, "select count(*) from platform.storage_entry")).isZero();
        }
    }

    @Test
    void leavesToOthersWhatTheyWorkWith() throws SQLException {
        KeyValueStore store = stores.store();
        store.put("busy", StoredValue.text("x"), Duration.ofSeconds(1));
        store.put("free", StoredValue.text("x"), Duration.ofSeconds(1));
        stores.clock().advance(Duration.ofSeconds(2));
        try (Connection other = TestingDatabase.shared().worker().getConnection()) {
            other.setAutoCommit(false);
            assertThat(number(other, "select count(*) from (select from platform.storage_entry where owner = '"
                    + stores.plugin() + "' and key = 'busy' for update) locked")).isEqualTo(1);
            stores.expiryJob(100).removeExpired();
            assertThat(stores.own().usage(stores.tenant()).entries()).isEqualTo(1);
            other.rollback();
        }
        stores.expiryJob(100).removeExpired();
        assertThat(stores.own().usage(stores.tenant()).entries()).isZero();
    }

    private static void scope(Connection connection, UUID tenant, String owner) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("select set_config('app.tenant', '" + tenant + "', true), "
                    + "set_config('app.storage_owner', '" + owner + "', true)");
        }
    }

    private static long number(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement(); var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static int changed(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
        }
    }
}
