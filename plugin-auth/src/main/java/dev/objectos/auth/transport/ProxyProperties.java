package dev.objectos.auth.transport;

import java.util.List;
import java.util.stream.Collectors;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who stands in front of the server ({@code objectos.server}).
 *
 * @param trustedProxies networks such as {@code 10.0.0.0/8}, or single addresses, whose {@code X-Forwarded-*} headers are believed; none: nobody's
 */
@ConfigurationProperties("objectos.server")
public record ProxyProperties(@DefaultValue List<String> trustedProxies) {

    public ProxyProperties {
        trustedProxies = List.copyOf(trustedProxies);
    }

    /** As Tomcat takes them, which knows networks by their slash. */
    String networks() {
        return trustedProxies.stream().map(String::strip)
                .map(proxy -> proxy.indexOf('/') > 0 ? proxy : proxy + (proxy.indexOf(':') < 0 ? "/32" : "/128"))
                .collect(Collectors.joining(","));
    }
}
