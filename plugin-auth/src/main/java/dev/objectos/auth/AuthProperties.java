package dev.objectos.auth;

import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where this server is for people's browsers ({@code objectos.auth}).
 *
 * @param publicUrl under which browsers reach it, such as {@code https://crm.example.com}; null: known on the machine itself alone
 * @param trustedOrigins of other sites that people may be sent on to, such as {@code https://app.example.com}
 */
@ConfigurationProperties("objectos.auth")
public record AuthProperties(@Nullable URI publicUrl, @DefaultValue List<String> trustedOrigins) {

    public AuthProperties {
        trustedOrigins = List.copyOf(trustedOrigins);
    }
}
