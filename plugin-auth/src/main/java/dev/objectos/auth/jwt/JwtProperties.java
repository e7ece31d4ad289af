package dev.objectos.auth.jwt;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Signed tokens ({@code objectos.auth.jwt}).
 *
 * @param issuer who says what they say ({@code iss}); the server's address, where others verify them
 * @param audience whom they are for ({@code aud})
 * @param lifetime how long one counts
 * @param rotation how long a key signs
 * @param refreshLifetime how long a token can be renewed without another sign-in, however often that is done; no longer than the session
 */
@ConfigurationProperties("objectos.auth.jwt")
public record JwtProperties(@DefaultValue("objectos") String issuer, @DefaultValue("objectos") String audience,
        @DefaultValue("15m") Duration lifetime, @DefaultValue("30d") Duration rotation,
        @DefaultValue("7d") Duration refreshLifetime) {

    public JwtProperties {
        if (!lifetime.isPositive() || !refreshLifetime.isPositive() || rotation.compareTo(lifetime) < 0) {
            throw new IllegalArgumentException(
                    "objectos.auth.jwt: times are positive, and a key signs for at least as long as a token counts");
        }
    }
}
