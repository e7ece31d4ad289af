package dev.objectos.runtime.redis;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which Redis is used, where one is ({@code objectos.redis}).
 *
 * @param url {@code redis://host:6379/0}, or {@code rediss://} for TLS
 * @param user null: the default one
 * @param password null: none is asked for
 * @param connections of this node at most
 * @param timeout of one answer
 */
@ConfigurationProperties("objectos.redis")
public record RedisProperties(@DefaultValue("redis://localhost:6379") URI url, @Nullable String user,
        @Nullable String password, @DefaultValue("16") int connections, @DefaultValue("5s") Duration timeout) {

    private static final int PORT = 6_379;

    public RedisProperties {
        String scheme = url.getScheme();
        if (url.getHost() == null || !("redis".equals(scheme) || "rediss".equals(scheme)) || !hasDatabase(url)) {
            throw new IllegalArgumentException(
                    "objectos.redis.url is written redis://host:6379/0, or rediss:// for TLS, without user and password");
        }
        if (url.getUserInfo() != null) {
            throw new IllegalArgumentException(
                    "objectos.redis.url holds a user or password; write them into objectos.redis.user and .password");
        }
        if (connections < 1 || !timeout.isPositive()) {
            throw new IllegalArgumentException("objectos.redis: connections and timeout must be positive");
        }
    }

    private static boolean hasDatabase(URI url) {
        return url.getPath().matches("/?|/\\d{1,5}");
    }

    boolean encrypted() {
        return "rediss".equals(url.getScheme());
    }

    String host() {
        return url.getHost();
    }

    int port() {
        return url.getPort() < 0 ? PORT : url.getPort();
    }

    int database() {
        return url.getPath().length() < 2 ? 0 : Integer.parseInt(url.getPath().substring(1));
    }
}
