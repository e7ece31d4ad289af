package dev.objectos.runtime.autoconfigure;

import dev.objectos.runtime.database.Databases;
import dev.objectos.runtime.hook.Hooks;
import dev.objectos.runtime.hook.StorageHooks;
import dev.objectos.runtime.metadata.Catalogs;
import dev.objectos.runtime.pipeline.ReadPipeline;
import dev.objectos.runtime.plan.SecretKeyFile;
import dev.objectos.runtime.plugin.PluginDescriptor;
import dev.objectos.runtime.plugin.PluginRegistry;
import dev.objectos.runtime.plugin.added.AddedPlugins;
import dev.objectos.runtime.plugin.manifest.Limits;
import dev.objectos.runtime.plugin.manifest.PluginManifest;
import dev.objectos.runtime.redis.RedisServer;
import dev.objectos.runtime.resource.Bulkheads;
import dev.objectos.runtime.spi.StorageDriver;
import dev.objectos.runtime.spi.StorageInterceptor;
import dev.objectos.runtime.storage.KeyValueStores;
import dev.objectos.runtime.storage.file.DiskFileStore;
import dev.objectos.runtime.storage.file.FileCollector;
import dev.objectos.runtime.storage.file.FileProperties;
import dev.objectos.runtime.storage.file.FileReaders;
import dev.objectos.runtime.storage.file.FileStore;
import dev.objectos.runtime.storage.file.FileStores;
import dev.objectos.runtime.storage.file.StoreClaim;
import dev.objectos.runtime.storage.file.StoredFiles;
import dev.objectos.runtime.storage.file.s3.S3Properties;
import dev.objectos.runtime.storage.keyvalue.ContentCipher;
import dev.objectos.runtime.storage.keyvalue.DriverKeyValueStores;
import dev.objectos.runtime.storage.keyvalue.ExpiryJob;
import dev.objectos.runtime.storage.keyvalue.MemoryStorageDriver;
import dev.objectos.runtime.storage.keyvalue.PostgresStorageDriver;
import dev.objectos.runtime.storage.keyvalue.RedisStorageDriver;
import dev.objectos.runtime.storage.keyvalue.SqliteStorageDriver;
import dev.objectos.runtime.storage.keyvalue.StorageMeters;
import dev.objectos.runtime.storage.keyvalue.StorageProperties;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import javax.crypto.SecretKey;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;

/** Wires the key-value stores of plugins over the driver that is configured, and files. */
@AutoConfiguration(after = {RuntimeAutoConfiguration.class, RedisAutoConfiguration.class})
@EnableConfigurationProperties({StorageProperties.class, FileProperties.class, S3Properties.class})
public final class StorageAutoConfiguration {

    private static final String DRIVER = "objectos.storage.driver";
    private static final String POSTGRES = "postgres";

    @Bean
    @Conditional(InDatabase.class)
    PostgresStorageDriver postgresStorageDriver(Databases databases) {
        return new PostgresStorageDriver(databases.app(), databases.worker());
    }

    @Bean
    @ConditionalOnProperty(name = DRIVER, havingValue = MemoryStorageDriver.NAME)
    MemoryStorageDriver memoryStorageDriver() {
        return new MemoryStorageDriver();
    }

    @Bean
    @ConditionalOnProperty(name = DRIVER, havingValue = SqliteStorageDriver.NAME)
    SqliteStorageDriver sqliteStorageDriver(RuntimeProperties runtime) {
        return new SqliteStorageDriver(runtime.home().resolve("storage.db"));
    }

    @Bean(initMethod = "check")
    @ConditionalOnProperty(name = DRIVER, havingValue = RedisStorageDriver.NAME)
    RedisStorageDriver redisStorageDriver(RedisServer redis) {
        return new RedisStorageDriver(redis);
    }

    @Bean
    StorageMeters storageMeters(MeterRegistry meters) {
        return new StorageMeters(meters);
    }

    @Bean
    @ConditionalOnMissingBean
    KeyValueStores keyValueStores(ObjectProvider<StorageDriver> drivers, StorageProperties properties,
            RuntimeProperties runtime, ObjectProvider<StorageInterceptor> interceptors, Hooks hooks,
            PluginRegistry plugins, ObjectProvider<AddedPlugins> added,
            ObjectProvider<Bulkheads> limits, StorageMeters meters, Clock clock) {
        StorageDriver driver = chosen(drivers, properties.driver());
        return new DriverKeyValueStores(driver, cipher(properties.encryption(), runtime),
                () -> interceptors.orderedStream().toList(), new StorageHooks(hooks, driver::grants),
                plugin -> properties.quotaOf(plugin, limits.stream()
                        .flatMap(known -> known.granted(plugin).stream()).findFirst().map(Limits::storage)
                        .orElseGet(() -> manifestBytes(plugins, added, plugin))),
                Math.toIntExact(properties.maximumValue().toBytes()), properties.interceptorTime(), meters, clock);
    }

    @Bean(initMethod = "start", destroyMethod = "stop")
    ExpiryJob storageExpiryJob(ObjectProvider<StorageDriver> drivers, StorageProperties properties,
            StorageMeters meters, Clock clock) {
        return new ExpiryJob(chosen(drivers, properties.driver()), properties.expiry(), meters, clock);
    }

    @Bean
    DiskFileStore diskFileStore(FileProperties properties, RuntimeProperties runtime) {
        return DiskFileStore.in(runtime.home(), properties);
    }

    @Bean
    FileStores fileStores(List<FileStore> known, FileProperties properties, Databases databases) {
        var stores = new FileStores(known, properties.store());
        new StoreClaim(databases.worker()).check(stores);
        return stores;
    }

    @Bean
    StoredFiles storedFiles(Databases databases, FileStores stores, FileProperties properties,
            StorageProperties storage, RuntimeProperties runtime, Catalogs catalogs, ReadPipeline reads, Clock clock) {
        return new StoredFiles(databases.app(), stores, new FileReaders(catalogs::current, reads::query), properties,
                key(storage.encryption(), runtime), clock);
    }

    @Bean(initMethod = "start", destroyMethod = "stop")
    FileCollector fileCollector(Databases databases, FileStores stores, FileProperties properties, Catalogs catalogs) {
        return new FileCollector(databases.worker(), stores, catalogs::current, properties);
    }

    private static StorageDriver chosen(ObjectProvider<StorageDriver> drivers, String configured) {
        String name = configured.equals(POSTGRES) ? PostgresStorageDriver.NAME : configured;
        List<StorageDriver> known = drivers.orderedStream().toList();
        return known.stream().filter(driver -> driver.name().equals(name)).findFirst()
                .orElseThrow(() -> new IllegalStateException(DRIVER + " is " + name + ", and there is no such driver. "
                        + "Write postgresql, sqlite, redis or memory, or put the jar that brings it on the class path"));
    }

    /** Asked for when the first value is written: added plugins are handed storage, and so come after it. */
    private static long manifestBytes(PluginRegistry plugins, ObjectProvider<AddedPlugins> added, String id) {
        return plugins.plugin(id).map(PluginDescriptor::manifest)
                .or(() -> added.stream().findFirst().flatMap(there -> there.manifest(id)))
                .map(PluginManifest::limits).orElse(Limits.DEFAULT).storage();
    }

    private static ContentCipher cipher(StorageProperties.Encryption encryption, RuntimeProperties runtime) {
        return new ContentCipher(key(encryption, runtime),
                encryption.retiredKeyFiles().stream().map(StorageAutoConfiguration::key).toList());
    }

    private static SecretKey key(StorageProperties.Encryption encryption, RuntimeProperties runtime) {
        Path file = encryption.keyFile();
        return file == null ? SecretKeyFile.in(runtime.home()) : key(file);
    }

    private static SecretKey key(Path file) {
        try {
            return SecretKeyFile.configured(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException("The key file " + file + " of objectos.storage.encryption cannot be read",
                    e);
        }
    }

    /** Whether values are kept in the platform's database, by either of its two names. */
    static final class InDatabase extends AnyNestedCondition {

        InDatabase() {
            super(ConfigurationPhase.REGISTER_BEAN);
        }

        @ConditionalOnProperty(name = DRIVER, havingValue = PostgresStorageDriver.NAME, matchIfMissing = true)
        static final class ByName {}

        @ConditionalOnProperty(name = DRIVER, havingValue = POSTGRES)
        static final class ByShortName {}
    }
}
