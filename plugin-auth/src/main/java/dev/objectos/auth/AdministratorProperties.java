package dev.objectos.auth;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The first administrator, made on the first start ({@code objectos.admin}).
 *
 * @param email {@code OBJECTOS_ADMIN_EMAIL}
 * @param password {@code OBJECTOS_ADMIN_PASSWORD}; null: generated and printed once
 */
@ConfigurationProperties("objectos.admin")
public record AdministratorProperties(@DefaultValue("admin@example.com") String email, @Nullable String password) {}
