package dev.objectos.runtime.storage.keyvalue;

import dev.objectos.runtime.spi.StorageDriver;
import dev.objectos.runtime.spi.StorageInterceptor;
import dev.objectos.runtime.storage.KeyValueStores;
import dev.objectos.runtime.storage.PluginStorage;
import dev.objectos.runtime.storage.StorageQuota;
import dev.objectos.runtime.storage.StorageUsage;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** The stores over one driver. */
public final class DriverKeyValueStores implements KeyValueStores {

    private final StorageContext context;

    /**
     * @param interceptors asked for at the first use, for they may need stores themselves
     * @param quotas by plugin; asked for with each write
     * @param maximumValue bytes
     */
    public DriverKeyValueStores(StorageDriver driver, ContentCipher cipher,
            Supplier<List<StorageInterceptor>> interceptors, Function<String, StorageQuota> quotas, int maximumValue,
            StorageMeters meters, Clock clock) {
        context = new StorageContext(driver, cipher, new Interceptors(interceptors), quotas, maximumValue, meters,
                clock);
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

    /** Interceptors in their order, found once. */
    static final class Interceptors {

        private final Supplier<List<StorageInterceptor>> source;
        private volatile List<StorageInterceptor> found = List.of();
        private volatile boolean known;

        Interceptors(Supplier<List<StorageInterceptor>> source) {
            this.source = source;
        }

        List<StorageInterceptor> inOrder() {
            if (!known) {
                found = source.get().stream().sorted(Comparator.comparingInt(StorageInterceptor::order)).toList();
                known = true;
            }
            return found;
        }
    }

    /** What every store works with. */
    record StorageContext(StorageDriver driver, ContentCipher cipher, Interceptors interceptors,
            Function<String, StorageQuota> quotas, int maximumValue, StorageMeters meters, Clock clock) {}
}
