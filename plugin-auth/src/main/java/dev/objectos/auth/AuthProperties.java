package dev.objectos.auth;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings under {@code objectos.auth}.
 *
 * @param sessionLifetime how long a sign-in lasts
 * @param cacheFor how long a token is believed without asking the database again; a revoked one works no longer than this
 */
@ConfigurationProperties("objectos.auth")
public record AuthProperties(@DefaultValue("7d") Duration sessionLifetime, @DefaultValue("5s") Duration cacheFor) {}
