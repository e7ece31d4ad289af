package dev.objectos.auth.password;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Passwords ({@code objectos.auth.password}).
 *
 * @param policy of the server; tenants may ask for more
 */
@ConfigurationProperties("objectos.auth.password")
public record PasswordProperties(@DefaultValue PasswordPolicy policy) {}
