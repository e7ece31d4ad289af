package dev.objectos.auth.limit;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Whether requests are counted at all ({@code objectos}).
 *
 * @param rateLimits {@code OBJECTOS_RATE_LIMITS}: {@code off} for load tests; never concerns how often a sign-in may fail
 */
@ConfigurationProperties("objectos")
public record RateLimitSwitch(@DefaultValue("true") boolean rateLimits) {}
