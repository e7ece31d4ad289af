package dev.objectos.auth.basic;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code Authorization: Basic} ({@code objectos.auth.basic}).
 *
 * @param enabled whether it is taken; where it is not, it says nothing of who calls
 */
@ConfigurationProperties("objectos.auth.basic")
public record BasicProperties(@DefaultValue("false") boolean enabled) {}
