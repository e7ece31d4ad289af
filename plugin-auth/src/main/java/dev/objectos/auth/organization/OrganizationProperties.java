package dev.objectos.auth.organization;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Tenants ({@code objectos.auth.tenants}).
 *
 * @param selfService whether anybody may make a tenant, rather than platform administrators alone
 * @param baseDomain beneath which each tenant has the host name {@code <slug>.<base-domain>}; null: no host name says a tenant
 * @param hosts host names of tenants' own, with their slugs
 * @param invitationLifetime how long an invitation can be accepted
 */
@ConfigurationProperties("objectos.auth.tenants")
public record OrganizationProperties(@DefaultValue("false") boolean selfService, @Nullable String baseDomain,
        @DefaultValue Map<String, String> hosts, @DefaultValue("7d") Duration invitationLifetime) {

    public OrganizationProperties {
        baseDomain = baseDomain == null || baseDomain.isBlank() ? null : baseDomain.strip().toLowerCase(Locale.ROOT);
        hosts = hosts.entrySet().stream().collect(Collectors
                .toUnmodifiableMap(entry -> entry.getKey().toLowerCase(Locale.ROOT), Map.Entry::getValue));
    }
}
