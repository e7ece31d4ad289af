package dev.objectos.runtime.storage.keyvalue;

import dev.objectos.runtime.spi.StorageDriver;
import dev.objectos.runtime.spi.StorageInterceptor;
import dev.objectos.runtime.storage.KeyValueStore;
import dev.objectos.runtime.storage.PluginStorage;
import dev.objectos.runtime.storage.StorageQuota;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.crypto.spec.SecretKeySpec;

/** Stores over a driver, of plugins and tenants that no other test has. */
final class TestingStores {

    static final int MAXIMUM_VALUE = 1 << 20;

    private final TestingClock clock = new TestingClock();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final List<StorageInterceptor> interceptors = new ArrayList<>();
    private final String plugin = "plugin-" + UUID.randomUUID();
    private final UUID tenant = UUID.randomUUID();
    private final StorageDriver driver;
    private StorageQuota quota = new StorageQuota(100 << 20, 100_000);

    TestingStores(StorageDriver driver) {
        this.driver = driver;
    }

    TestingClock clock() {
        return clock;
    }

    SimpleMeterRegistry meters() {
        return meters;
    }

    String plugin() {
        return plugin;
    }

    UUID tenant() {
        return tenant;
    }

    void intercept(StorageInterceptor interceptor) {
        interceptors.add(interceptor);
    }

    void allow(long bytes, long entries) {
        quota = new StorageQuota(bytes, entries);
    }

    static ContentCipher cipher(int current, int... retired) {
        return new ContentCipher(key(current), java.util.Arrays.stream(retired).mapToObj(TestingStores::key).toList());
    }

    private static javax.crypto.SecretKey key(int fill) {
        byte[] bytes = new byte[32];
        java.util.Arrays.fill(bytes, (byte) fill);
        return new SecretKeySpec(bytes, "AES");
    }

    DriverKeyValueStores all() {
        return with(cipher(1));
    }

    DriverKeyValueStores with(ContentCipher cipher) {
        return new DriverKeyValueStores(driver, cipher, () -> interceptors, _ -> quota, MAXIMUM_VALUE,
                new StorageMeters(meters), clock);
    }

    ExpiryJob expiryJob(int batch) {
        return new ExpiryJob(driver, new StorageProperties.Expiry(java.time.Duration.ofHours(1), batch),
                new StorageMeters(meters), clock);
    }

    PluginStorage own() {
        return all().of(plugin);
    }

    KeyValueStore store() {
        return store("things");
    }

    KeyValueStore store(String namespace) {
        return own().store(namespace, tenant);
    }
}
