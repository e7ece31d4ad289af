package dev.objectos.auth.transport;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Pages of other origins that may call this server from a browser ({@code objectos.auth.cors}).
 *
 * @param origins such as {@code https://app.example.com}; none: pages of this server alone. {@code *} for all, without credentials
 * @param credentials whether such a page's requests carry the cookie of whoever is signed in
 * @param headers that such a page may send
 * @param exposed headers of answers that such a page may read
 * @param maxAge how long a browser need not ask again
 */
@ConfigurationProperties("objectos.auth.cors")
public record CorsProperties(@DefaultValue List<String> origins, @DefaultValue("true") boolean credentials,
        @DefaultValue({
                "Authorization", "Content-Type", "X-API-Key", "If-Match", "If-None-Match",
                "Idempotency-Key"}) List<String> headers,
        @DefaultValue({"ETag", "Location", "Retry-After", "RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset",
                "set-auth-token", "X-Request-Id"}) List<String> exposed,
        @DefaultValue("1h") Duration maxAge) {

    /** Every origin. */
    static final String ANY = "*";

    public CorsProperties {
        origins = List.copyOf(origins);
        headers = List.copyOf(headers);
        exposed = List.copyOf(exposed);
        if (credentials && origins.contains(ANY)) {
            throw new IllegalArgumentException("objectos.auth.cors.origins is *, which would let every page act as "
                    + "whoever is signed in; name the origins, or set objectos.auth.cors.credentials to false");
        }
        origins.stream().filter(origin -> !origin.equals(ANY) && !isOrigin(origin)).findFirst().ifPresent(origin -> {
            throw new IllegalArgumentException("objectos.auth.cors.origins has \"" + origin
                    + "\"; an origin is written like https://app.example.com, without a path");
        });
    }

    /** The origins whose pages may act as whoever is signed in. */
    public List<String> trusted() {
        return credentials ? origins : List.of();
    }

    private static boolean isOrigin(String text) {
        try {
            URI uri = URI.create(text);
            return uri.getHost() != null && uri.getRawPath().isEmpty() && uri.getRawQuery() == null
                    && uri.getRawUserInfo() == null
                    && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()));
        } catch (IllegalArgumentException _) {
            return false;
        }
    }
}
