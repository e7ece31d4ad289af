package dev.objectos.runtime.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.runtime.cache.Cache;
import dev.objectos.runtime.cache.Caches;
import dev.objectos.runtime.database.DatabaseProperties;
import dev.objectos.runtime.database.TestingDatabase;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.StorageDriver;
import dev.objectos.runtime.storage.KeyValueStore;
import dev.objectos.runtime.storage.KeyValueStores;
import dev.objectos.runtime.storage.StorageQuota;
import dev.objectos.runtime.storage.StoredValue;
import dev.objectos.runtime.storage.keyvalue.MemoryStorageDriver;
import dev.objectos.runtime.storage.keyvalue.PostgresStorageDriver;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class StorageAutoConfigurationTest {

    @TempDir
    private Path folder;

    private ApplicationContextRunner server(String database) {
        DatabaseProperties empty = TestingDatabase.empty(database);
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(DatabaseAutoConfiguration.class,
                        RuntimeAutoConfiguration.class, EventAutoConfiguration.class, StorageAutoConfiguration.class,
                        CacheAutoConfiguration.class))
                .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
                .withPropertyValues("objectos.home=" + folder, "objectos.database.url=" + empty.url(),
                        "objectos.database.user=" + empty.user(),
                        "objectos.database.password=" + Objects.requireNonNullElse(empty.password(), ""));
    }

    @Test
    void keepsValuesInTheDatabaseUnlessSaidOtherwise() {
        server("storage_autoconfigured").withPropertyValues("objectos.storage.quotas.acme.bytes=2KB",
                "objectos.storage.quotas.acme.entries=7").run(context -> {
                    assertThat(context).hasNotFailed().hasSingleBean(PostgresStorageDriver.class)
                            .doesNotHaveBean(MemoryStorageDriver.class);
                    var stores = context.getBean(KeyValueStores.class);
                    KeyValueStore store = stores.of("acme").store("things", Session.DEFAULT_TENANT).encrypted();
                    store.put("a", StoredValue.text("x"));
                    assertThat(store.get("a").orElseThrow().value().text()).isEqualTo("x");
                    assertThat(stores.of("acme").quota()).isEqualTo(new StorageQuota(2_048, 7));
                    assertThat(stores.of("unknown").quota()).isEqualTo(new StorageQuota(100L << 20, 100_000));

                    Cache<String> cache = context.getBean(Caches.class).of("acme").open("names", String.class);
                    assertThat(cache.get(Session.DEFAULT_TENANT, "a", () -> "loaded")).isEqualTo("loaded");
                });
    }

    @Test
    void keepsValuesInMemoryWhereThatIsAsked() {
        server("storage_memory").withPropertyValues("objectos.storage.driver=memory").run(context -> assertThat(context)
                .hasNotFailed().doesNotHaveBean(PostgresStorageDriver.class).hasSingleBean(StorageDriver.class));
    }

    @Test
    void saysWhatToWriteWhereThereIsNoSuchDriver() {
        server("storage_unknown").withPropertyValues("objectos.storage.driver=papyrus").run(context -> {
            Throwable failure = context.getStartupFailure();
            assertThat(failure).rootCause().hasMessageContaining("papyrus")
                    .hasMessageContaining("postgresql or memory");
        });
    }

    @Test
    void refusesSettingsThatCannotBe() {
        Map.of("objectos.storage.maximum-value=0B", "maximum-value", "objectos.storage.quota-entries=0",
                "quota-entries", "objectos.storage.quotas.acme.bytes=0B", "quotas.acme",
                "objectos.storage.expiry.batch=0", "expiry", "objectos.cache.time-to-live=0s", "time-to-live")
                .forEach((setting, named) -> new ApplicationContextRunner()
                        .withConfiguration(AutoConfigurations.of(SettingsOnly.class)).withPropertyValues(setting)
                        .run(context -> assertThat(context).getFailure().rootCause().hasMessageContaining(named)));
    }

    /** The settings without what they are for. */
    @org.springframework.boot.context.properties.EnableConfigurationProperties({
            dev.objectos.runtime.storage.keyvalue.StorageProperties.class,
            dev.objectos.runtime.cache.node.CacheProperties.class})
    private static final class SettingsOnly {}
}
