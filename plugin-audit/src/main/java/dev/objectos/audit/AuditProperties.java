package dev.objectos.audit;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the trail is kept ({@code objectos.audit}).
 *
 * @param retentionDays how long entries are kept where an object says nothing; 0: for ever
 * @param tenantRetentionDays the same for single tenants, by id
 * @param seal how often committed entries are sealed
 * @param alerts how often it is looked whether somebody is to be told
 * @param archive where entries go before they are removed
 */
@ConfigurationProperties("objectos.audit")
public record AuditProperties(@DefaultValue("0") int retentionDays,
        @DefaultValue Map<UUID, Integer> tenantRetentionDays, @DefaultValue("1s") Duration seal,
        @DefaultValue("15s") Duration alerts,
        @DefaultValue Archive archive) {

    /** @param directory null: what is too old is removed without a copy */
    public record Archive(@Nullable Path directory) {}

    public AuditProperties {
        tenantRetentionDays = Map.copyOf(tenantRetentionDays);
        if (retentionDays < 0 || tenantRetentionDays.values().stream().anyMatch(days -> days < 0)
                || !seal.isPositive() || !alerts.isPositive()) {
            throw new IllegalArgumentException(
                    "objectos.audit: retention-days must not be negative, and seal and alerts must be positive");
        }
    }
}
