package dev.objectos.runtime.storage.keyvalue;

import dev.objectos.runtime.spi.StorageDriver;
import dev.objectos.runtime.spi.StorageInterceptor;
import dev.objectos.runtime.storage.KeyValueStores;
import dev.objectos.runtime.storage.PluginStorage;
import dev.objectos.runtime.storage.StorageQuota;
import dev.objectos.runtime.storage.StorageUsage;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;

/** The stores over one driver. */
public final class DriverKeyValueStores implements KeyValueStores {

    private final StorageContext context;

    /**
     * @param interceptors those that come with the server; asked for at the first use, for they may need stores themselves
     * @param added stands for the interceptors of added plugins
     * @param quotas by plugin; asked for with each write
     * @param maximumValue bytes
     * @param interceptorTime of each call of an interceptor that comes with the server
     */
    public DriverKeyValueStores(StorageDriver driver, ContentCipher cipher,
            Supplier<List<StorageInterceptor>> interceptors, StorageInterceptor added,
            Function<String, StorageQuota> quotas, int maximumValue, Duration interceptorTime, StorageMeters meters,
            Clock clock) {
        context = new StorageContext(driver, cipher, new Interceptors(interceptors, added, interceptorTime, meters),
                quotas, maximumValue, meters, clock);
    }

    @Override
    public PluginStorage of(String plugin) {
        return new OwnedStorage(plugin, context);
    }

    @Override
    public StorageUsage usage(String plugin) {
        return context.driver().usages().getOrDefault(plugin, StorageUsage.NOTHING);
    }

    @Override
    public void erase(String plugin) {
        context.driver().erase(plugin);
    }

    @Override
    public void eraseTenant(UUID tenant) {
        context.driver().eraseTenant(tenant);
    }

    /** What every store works with. */
    record StorageContext(StorageDriver driver, ContentCipher cipher, Interceptors interceptors,
            Function<String, StorageQuota> quotas, int maximumValue, StorageMeters meters, Clock clock) {}
}
