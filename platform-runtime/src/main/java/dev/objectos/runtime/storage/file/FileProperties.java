package dev.objectos.runtime.storage.file;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of files ({@code objectos.files}).
 *
 * @param folder where those on disk are; null: {@code files} in the home. Nodes share it
 * @param store where new files go, {@code disk} or {@code s3}; null: {@code s3} where a bucket is configured
 * @param maximumSize the largest file
 * @param allowedTypes content types that are taken, such as {@code image/*}; empty: all but programs
 * @param linkLifetime how long a link to upload or download can be used
 * @param orphanAge after which a file that nobody holds is removed
 * @param quota how much the files of a tenant may have together; null: any amount
 * @param tenantQuotas the same for some tenants, by their ids
 * @param move whether files are taken from other stores to the one for new files
 */
@ConfigurationProperties("objectos.files")
public record FileProperties(@Nullable Path folder, @Nullable String store,
        @DefaultValue("100MB") DataSize maximumSize,
        @DefaultValue List<String> allowedTypes, @DefaultValue("15m") Duration linkLifetime,
        @DefaultValue("24h") Duration orphanAge, @Nullable DataSize quota,
        @DefaultValue Map<String, DataSize> tenantQuotas, @DefaultValue("false") boolean move) {

    public FileProperties {
        allowedTypes = List.copyOf(allowedTypes);
        tenantQuotas = Map.copyOf(tenantQuotas);
        if (maximumSize.toBytes() < 1 || !linkLifetime.isPositive() || orphanAge.toMinutes() < 1) {
            throw new IllegalArgumentException("objectos.files: maximum-size and link-lifetime must be positive, "
                    + "and orphan-age at least a minute");
        }
    }

    /** What a tenant's files may have together. */
    FileQuota quota(UUID tenant) {
        @Nullable
        DataSize own = tenantQuotas.get(tenant.toString());
        DataSize size = own == null ? quota : own;
        return new FileQuota(size == null ? null : size.toBytes());
    }

    /** Whether files of the type are taken. */
    boolean takes(String contentType) {
        return allowedTypes.isEmpty() || allowedTypes.stream().anyMatch(allowed -> allowed.equals(contentType)
                || (allowed.endsWith("/*")
                        && contentType.startsWith(allowed.substring(0, allowed.length() - 1))));
    }
}
