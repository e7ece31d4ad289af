package dev.objectos.auth.account;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The first administrator, made on the first start ({@code objectos.admin}).
 *
 * @param email {@code OBJECTOS_ADMIN_EMAIL}
 * @param password {@code OBJECTOS_ADMIN_PASSWORD}; null: generated and printed once
 * @param changeGenerated whether a generated password has to be changed before anything else; {@code ./objectos run}, which is for
 *        trying out, says no
 */
@ConfigurationProperties("objectos.admin")
public record AdministratorProperties(@DefaultValue("admin@example.com") String email, @Nullable String password,
        @DefaultValue("true") boolean changeGenerated) {}
