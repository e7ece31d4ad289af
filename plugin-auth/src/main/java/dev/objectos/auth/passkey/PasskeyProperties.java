package dev.objectos.auth.passkey;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Passkeys ({@code objectos.auth.passkey}).
 *
 * @param rpId the domain that passkeys are bound to, which never changes while they are in use; null: that of
 *        {@code objectos.auth.public-url}, and without one {@code localhost}
 * @param rpName what authenticators show it as
 * @param origins of pages that may use them, beside that of {@code objectos.auth.public-url}
 * @param timeout how long somebody may take
 * @param freshFor how long after signing in somebody may add one
 */
@ConfigurationProperties("objectos.auth.passkey")
public record PasskeyProperties(@Nullable String rpId, @DefaultValue("ObjectOS") String rpName,
        @DefaultValue List<String> origins, @DefaultValue("5m") Duration timeout,
        @DefaultValue("1d") Duration freshFor) {

    public PasskeyProperties {
        origins = List.copyOf(origins);
    }
}
