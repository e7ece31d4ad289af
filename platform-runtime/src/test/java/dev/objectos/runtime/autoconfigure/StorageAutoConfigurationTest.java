package dev.objectos.runtime.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.runtime.Eventually;
import dev.objectos.runtime.cache.Cache;
import dev.objectos.runtime.cache.Caches;
import dev.objectos.runtime.coordination.Coordination;
import dev.objectos.runtime.coordination.Message;
import dev.objectos.runtime.coordination.PluginCoordination;
import dev.objectos.runtime.coordination.Watch;
import dev.objectos.runtime.coordination.WatchListener;
import dev.objectos.runtime.database.DatabaseProperties;
import dev.objectos.runtime.database.TestingDatabase;
import dev.objectos.runtime.redis.RedisServer;
import dev.objectos.runtime.redis.TestingRedis;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.HealthProbe;
import dev.objectos.runtime.spi.HealthStatus;
import dev.objectos.runtime.spi.StorageDriver;
import dev.objectos.runtime.storage.KeyValueStore;
import dev.objectos.runtime.storage.KeyValueStores;
import dev.objectos.runtime.storage.StorageQuota;
import dev.objectos.runtime.storage.StoredEntry;
import dev.objectos.runtime.storage.StoredValue;
import dev.objectos.runtime.storage.keyvalue.MemoryStorageDriver;
import dev.objectos.runtime.storage.keyvalue.PostgresStorageDriver;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
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
                        RuntimeAutoConfiguration.class, EventAutoConfiguration.class, RedisAutoConfiguration.class,
                        StorageAutoConfiguration.class, CacheAutoConfiguration.class,
                        CoordinationAutoConfiguration.class))
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
                            .doesNotHaveBean(MemoryStorageDriver.class).doesNotHaveBean(RedisServer.class);
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
    void keepsValuesInTheDatabaseByItsShortNameToo() {
        server("storage_postgres").withPropertyValues("objectos.storage.driver=postgres").run(context -> {
            KeyValueStore store = context.getBean(KeyValueStores.class).of("acme").store("things",
                    Session.DEFAULT_TENANT);
            store.put("a", StoredValue.text("x"));
            assertThat(store.get("a")).isPresent();
            assertThat(context).hasSingleBean(PostgresStorageDriver.class);
        });
    }

    @Test
    void keepsValuesInAFileOfTheHomeWhereThatIsAsked() {
        server("storage_sqlite").withPropertyValues("objectos.storage.driver=sqlite").run(context -> {
            KeyValueStore store = context.getBean(KeyValueStores.class).of("acme").store("things",
                    Session.DEFAULT_TENANT);
            store.put("a", StoredValue.text("x"));
            assertThat(store.get("a")).isPresent();
            assertThat(folder.resolve("storage.db")).exists();
            assertThat(context).hasSingleBean(StorageDriver.class).doesNotHaveBean(RedisServer.class);
        });
    }

    @Test
    void keepsValuesAndSharesCachesInRedisWhereThatIsAsked() {
        server("storage_redis").withPropertyValues("objectos.storage.driver=redis", "objectos.cache.driver=redis",
                "objectos.redis.url=" + TestingRedis.sharedUrl()).run(context -> {
                    assertThat(context).hasNotFailed().hasSingleBean(RedisServer.class)
                            .hasSingleBean(StorageDriver.class);
                    KeyValueStore store = context.getBean(KeyValueStores.class).of("acme").store("things",
                            Session.DEFAULT_TENANT);
                    store.put("a", StoredValue.text("x"));
                    assertThat(store.get("a")).isPresent();
                    Cache<String> cache = context.getBean(Caches.class).of("acme").open("names", String.class);
                    cache.get(Session.DEFAULT_TENANT, "a", () -> "loaded");
                    assertThat(context.getBean(MeterRegistry.class).get("objectos.cache.shared").tag("result", "miss")
                            .counter().count()).isEqualTo(1);
                    assertThat(context.getBean(HealthProbe.class).check().status()).isEqualTo(HealthStatus.UP);
                    context.getBean(KeyValueStores.class).erase("acme");
                });
    }

    @Test
    void saysWhatToDoWhereRedisDoesNotAnswer() {
        server("storage_no_redis").withPropertyValues("objectos.storage.driver=redis",
                "objectos.redis.url=redis://127.0.0.1:1").run(
                        context -> assertThat(context.getStartupFailure())
                                .hasStackTraceContaining("127.0.0.1:1")
                                .hasStackTraceContaining("objectos.storage.driver"));
    }

    @Test
    void pluginsCoordinateThroughTheDatabase() {
        server("coordination_autoconfigured").run(context -> {
            PluginCoordination own = context.getBean(Coordination.class).of("acme");
            own.queue("jobs").send(Message.of(StoredValue.text("x")));
            assertThat(own.queue("jobs").receive(1, Duration.ofMinutes(1), Duration.ofMinutes(1))).hasSize(1);
            assertThat(own.tryLock("lock", Duration.ofMinutes(1))).isPresent();
            var heard = new CopyOnWriteArrayList<String>();
            KeyValueStore store = context.getBean(KeyValueStores.class).of("acme").store("flags",
                    Session.DEFAULT_TENANT);
            try (Watch _ = own.watch(store, "", new WatchListener() {

                @Override
                public void present(StoredEntry entry) {
                    heard.add(entry.key());
                }

                @Override
                public void absent(String key) {}
            })) {
                store.put("a", StoredValue.text("x"));
                Eventually.await(() -> heard.contains("a"));
            }
        });
    }

    @Test
    void saysWhatToWriteWhereThereIsNoSuchDriver() {
        server("storage_unknown").withPropertyValues("objectos.storage.driver=papyrus").run(context -> {
            Throwable failure = context.getStartupFailure();
            assertThat(failure).rootCause().hasMessageContaining("papyrus")
                    .hasMessageContaining("postgresql, sqlite, redis or memory");
        });
    }

    @Test
    void refusesSettingsThatCannotBe() {
        Map.of("objectos.storage.maximum-value=0B", "maximum-value", "objectos.storage.quota-entries=0",
                "quota-entries", "objectos.storage.quotas.acme.bytes=0B", "quotas.acme",
                "objectos.storage.expiry.batch=0", "expiry", "objectos.cache.time-to-live=0s", "time-to-live",
                "objectos.storage.interceptor-time=0s", "interceptor-time", "objectos.cache.driver=papyrus",
                "cache.driver", "objectos.redis.url=http://localhost", "redis.url",
                "objectos.coordination.maximum-body=1GB", "maximum-body")
                .forEach((setting, named) -> new ApplicationContextRunner()
                        .withConfiguration(AutoConfigurations.of(SettingsOnly.class)).withPropertyValues(setting)
                        .run(context -> assertThat(context).getFailure().rootCause().hasMessageContaining(named)));
    }

    /** The settings without what they are for. */
    @org.springframework.boot.context.properties.EnableConfigurationProperties({
            dev.objectos.runtime.storage.keyvalue.StorageProperties.class,
            dev.objectos.runtime.cache.node.CacheProperties.class, dev.objectos.runtime.redis.RedisProperties.class,
            dev.objectos.runtime.coordination.cluster.CoordinationProperties.class})
    private static final class SettingsOnly {}
}
