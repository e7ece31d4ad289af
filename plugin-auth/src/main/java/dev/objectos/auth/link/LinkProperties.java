package dev.objectos.auth.link;

import java.net.URI;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where people reach this server ({@code objectos.auth}).
 *
 * @param publicUrl what links in mails begin with, such as {@code https://erp.example.com}; null: this server at {@code localhost}, which
 *        is good for trying out only
 * @param trustedOrigins to which clients may have people sent on, besides {@code publicUrl}, such as {@code https://app.example.com}
 */
@ConfigurationProperties("objectos.auth")
public record LinkProperties(@Nullable URI publicUrl, @DefaultValue List<URI> trustedOrigins) {

    public LinkProperties {
        trustedOrigins = List.copyOf(trustedOrigins);
        Stream.concat(Stream.ofNullable(publicUrl), trustedOrigins.stream()).forEach(LinkProperties::require);
        if (trustedOrigins.stream().anyMatch(origin -> !String.valueOf(origin.getPath()).isEmpty())) {
            throw new IllegalArgumentException(
                    "objectos.auth.trusted-origins names origins, without a path: scheme://host[:port]");
        }
    }

    private static void require(URI url) {
        if (url.getScheme() == null || url.getHost() == null || url.getUserInfo() != null || url.getQuery() != null
                || url.getFragment() != null) {
            throw new IllegalArgumentException("'" + url + "' is no address of a server: write scheme://host[:port]");
        }
    }
}
