package dev.objectos.runtime.plugin.grant;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What the requests of plugins are held to ({@code objectos.plugins.http}).
 *
 * @param timeout for an answer, with all redirects; a request may say less
 * @param largestRequest the largest body that is sent
 * @param largestAnswer the largest body that is taken
 * @param privateHosts names and addresses of private networks that plugins may reach where they are approved
 */
@ConfigurationProperties("objectos.plugins.http")
public record HttpProperties(@DefaultValue("10s") Duration timeout, @DefaultValue("10MB") DataSize largestRequest,
        @DefaultValue("10MB") DataSize largestAnswer, @DefaultValue List<String> privateHosts) {

    public HttpProperties {
        privateHosts = List.copyOf(privateHosts);
        if (!timeout.isPositive() || largestRequest.isNegative() || largestAnswer.isNegative()) {
            throw new IllegalArgumentException("objectos.plugins.http: timeout must be positive, largest-request and "
                    + "largest-answer must not be negative");
        }
    }

    Set<String> privateNames() {
        return privateHosts.stream().map(HttpProperties::canonical).collect(Collectors.toUnmodifiableSet());
    }

    /** An address has several spellings, of which one is compared. */
    private static String canonical(String host) {
        try {
            return InetAddress.ofLiteral(host.strip()).getHostAddress();
        } catch (IllegalArgumentException _) {
            return host.strip().toLowerCase(Locale.ROOT);
        }
    }
}
