package dev.objectos.runtime.storage.keyvalue;

import dev.objectos.runtime.TestingClock;
import dev.objectos.runtime.spi.StorageDriver;
import dev.objectos.runtime.spi.StorageInterceptor;
import dev.objectos.runtime.storage.KeyValueStore;
import dev.objectos.runtime.storage.PluginStorage;
import dev.objectos.runtime.storage.StorageQuota;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.crypto.spec.SecretKeySpec;

/** Stores over a driver, of plugins and tenants that no other test has. */
public final class TestingStores {

    static final int MAXIMUM_VALUE = 1 << 20;

    private final TestingClock clock = new TestingClock();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final List<StorageInterceptor> interceptors = new ArrayList<>();
    private final String plugin;
    private final UUID tenant;
    private final StorageDriver driver;
    private Duration interceptorTime = Duration.ofMinutes(1);
    private StorageQuota quota = new StorageQuota(100 << 20, 100_000);

    public TestingStores(StorageDriver driver) {
        this(driver, "plugin-" + UUID.randomUUID(), UUID.randomUUID());
    }

    private TestingStores(StorageDriver driver, String plugin, UUID tenant) {
        this.driver = driver;
        this.plugin = plugin;
        this.tenant = tenant;
    }

    /** The same plugin and tenant over another driver. */
    TestingStores over(StorageDriver other) {
        return new TestingStores(other, plugin, tenant);
    }

    public TestingClock clock() {
        return clock;
    }

    SimpleMeterRegistry meters() {
        return meters;
    }

    public String plugin() {
        return plugin;
    }

    public UUID tenant() {
        return tenant;
    }

    public void intercept(StorageInterceptor interceptor) {
        interceptors.add(interceptor);
    }

    /** Holds for stores from now on. */
    void allowInterceptors(Duration time) {
        interceptorTime = time;
    }

    public void allow(long bytes, long entries) {
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

    public DriverKeyValueStores all() {
        return with(cipher(1));
    }

    DriverKeyValueStores with(ContentCipher cipher) {
        return new DriverKeyValueStores(driver, cipher, () -> interceptors, new StorageInterceptor() {
        }, _ -> quota,
                MAXIMUM_VALUE, interceptorTime, new StorageMeters(meters), clock);
    }

    ExpiryJob expiryJob(int batch) {
        return new ExpiryJob(driver, new StorageProperties.Expiry(Duration.ofHours(1), batch),
                new StorageMeters(meters), clock);
    }

    public PluginStorage own() {
        return all().of(plugin);
    }

    public KeyValueStore store() {
        return store("things");
    }

    public KeyValueStore store(String namespace) {
        return own().store(namespace, tenant);
    }
}
