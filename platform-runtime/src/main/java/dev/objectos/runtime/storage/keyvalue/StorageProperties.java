package dev.objectos.runtime.storage.keyvalue;

import dev.objectos.runtime.storage.StorageQuota;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How plugins' values are kept ({@code objectos.storage}).
 *
 * @param driver where: {@code postgresql}, {@code sqlite}, {@code redis}, {@code memory}, or the name of a {@code spi.StorageDriver} that a plugin brings
 * @param maximumValue the largest value
 * @param quotaEntries entries of a plugin in a tenant
 * @param quotas what single plugins may keep in each tenant, by their ids
 * @param expiry how expired entries are removed
 * @param encryption with which keys
 * @param interceptorTime after which an interceptor is interrupted, and the access refused
 */
@ConfigurationProperties("objectos.storage")
public record StorageProperties(@DefaultValue("postgresql") String driver, @DefaultValue("1MB") DataSize maximumValue,
        @DefaultValue("100000") long quotaEntries, @DefaultValue Map<String, Quota> quotas,
        @DefaultValue Expiry expiry, @DefaultValue Encryption encryption,
        @DefaultValue("1s") Duration interceptorTime) {

    /** What a row takes beside its value stays far below this. */
    private static final DataSize LARGEST = DataSize.ofMegabytes(64);

    public StorageProperties {
        quotas = Map.copyOf(quotas);
        if (maximumValue.toBytes() < 1 || maximumValue.compareTo(LARGEST) > 0) {
            throw new IllegalArgumentException("objectos.storage.maximum-value must be between 1B and "
                    + LARGEST.toMegabytes() + "MB, and is " + maximumValue);
        }
        if (quotaEntries < 1) {
            throw new IllegalArgumentException("objectos.storage.quota-entries must be positive");
        }
        if (!interceptorTime.isPositive()) {
            throw new IllegalArgumentException("objectos.storage.interceptor-time must be positive");
        }
        quotas.forEach((plugin, quota) -> quota.check(plugin));
    }

    /**
     * A quota that differs.
     *
     * @param bytes null: as the manifest says
     * @param entries null: as for all
     */
    public record Quota(@Nullable DataSize bytes, @Nullable Long entries) {

        private void check(String plugin) {
            if ((bytes != null && bytes.toBytes() < 1) || (entries != null && entries < 1)) {
                throw new IllegalArgumentException(
                        "objectos.storage.quotas." + plugin + ": bytes and entries must be positive");
            }
        }
    }

    /**
     * The removal of what has expired, which nobody sees any more.
     *
     * @param interval between two removals on a node
     * @param batch entries removed in one transaction
     */
    public record Expiry(@DefaultValue("30s") Duration interval, @DefaultValue("500") int batch) {

        public Expiry {
            if (!interval.isPositive() || batch < 1) {
                throw new IllegalArgumentException("objectos.storage.expiry: interval and batch must be positive");
            }
        }
    }

    /**
     * The keys of encrypted stores; each file holds 32 bytes in Base64.
     *
     * @param keyFile with which values are encrypted; null: {@code secret.key} of {@code objectos.home}
     * @param retiredKeyFiles with which values were encrypted before; needed for as long as there are such
     */
    public record Encryption(@Nullable Path keyFile, @DefaultValue List<Path> retiredKeyFiles) {

        public Encryption {
            retiredKeyFiles = List.copyOf(retiredKeyFiles);
        }
    }

    /** @param manifestBytes what the plugin's manifest asks for */
    public StorageQuota quotaOf(String plugin, long manifestBytes) {
        Quota own = quotas.get(plugin);
        DataSize bytes = own == null ? null : own.bytes();
        Long entries = own == null ? null : own.entries();
        return new StorageQuota(bytes == null ? manifestBytes : bytes.toBytes(),
                entries == null ? quotaEntries : entries);
    }
}
