package dev.objectos.runtime.storage.keyvalue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.objectos.runtime.spi.StorageDriver;
import dev.objectos.runtime.storage.GrantedAccess;
import dev.objectos.runtime.storage.KeyValueStore;
import dev.objectos.runtime.storage.StorageUsage;
import dev.objectos.runtime.storage.StoredValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SqliteStorageTest extends KeyValueStoreConformance {

    private SqliteFile file;

    @Override
    protected StorageDriver driver() {
        file = new SqliteFile();
        return file.driver();
    }

    @AfterEach
    void close() {
        file.close();
    }

    @Test
    void everythingIsThereAfterARestart() {
        long revision = stores.store().put("a", StoredValue.text("kept"));
        stores.own().share("things", "friend", GrantedAccess.READ);

        var again = stores.over(file.opened());
        KeyValueStore store = again.store();
        assertThat(store.get("a").orElseThrow().value().text()).isEqualTo("kept");
        assertThat(again.own().usage(again.tenant())).isEqualTo(new StorageUsage(5, 1));
        assertThat(again.own().shares()).hasSize(1);
        assertThat(store.put("a", StoredValue.text("new"))).isGreaterThan(revision);
    }

    @Test
    void theFileIsForItsOwnerAlone() throws IOException {
        stores.store().put("a", StoredValue.text("x"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.path()))).isEqualTo("rw-------");
    }

    @Test
    void readsWhileSomebodyWrites() throws SQLException {
        stores.store().put("a", StoredValue.text("before"));
        try (var other = DriverManager.getConnection("jdbc:sqlite:" + file.path());
                var statement = other.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            statement.execute("DELETE FROM entry");
            assertThat(stores.store().get("a").orElseThrow().value().text()).isEqualTo("before");
            statement.execute("ROLLBACK");
        }
    }

    @Test
    void whoWritesTogetherWithOthersIsRefusedAlone() throws Exception {
        KeyValueStore store = stores.store();
        store.put("text", StoredValue.text("x"));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> running = IntStream.range(0, 200).mapToObj(n -> threads.submit(() -> {
                if (n % 4 > 0) {
                    store.put("k" + n, StoredValue.text("x"));
                    return true;
                }
                return n % 8 == 0
                        ? store.putIfAbsent("text", StoredValue.text("y")).isPresent()
                        : catchThrowable(() -> store.increment("text", 1)) == null;
            })).toList();
            int done = 0;
            for (Future<Boolean> each : running) {
                done += each.get() ? 1 : 0;
            }
            assertThat(done).isEqualTo(150);
        }
        assertThat(store.scan("k", null, 1_000).entries()).hasSize(150);
        assertThat(store.get("text").orElseThrow().value().text()).isEqualTo("x");
        assertThat(stores.own().usage(stores.tenant()).entries()).isEqualTo(151);
    }

    @Test
    void refusesAFileOfAnotherFormat() throws SQLException {
        file.driver().close();
        try (var other = DriverManager.getConnection("jdbc:sqlite:" + file.path());
                var statement = other.createStatement()) {
            statement.execute("PRAGMA user_version = 7");
        }
        assertThatThrownBy(() -> file.opened()).hasMessageContaining("storage.db").hasMessageContaining("7, not 1");
    }
}
