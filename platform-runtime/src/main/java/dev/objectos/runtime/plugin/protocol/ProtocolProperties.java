package dev.objectos.runtime.plugin.protocol;

import java.net.InetAddress;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where and how the server listens for the protocols of added plugins ({@code objectos.plugins.protocols}).
 *
 * @param address at which it listens; {@code 0.0.0.0}: at all
 * @param clients of one adapter at the same time; more are hung up on
 * @param idle how long a client may say nothing
 */
@ConfigurationProperties("objectos.plugins.protocols")
public record ProtocolProperties(@DefaultValue("127.0.0.1") InetAddress address, @DefaultValue("100") int clients,
        @DefaultValue("5m") Duration idle) {

    public ProtocolProperties {
        if (clients < 1 || !idle.isPositive()) {
            throw new IllegalArgumentException("objectos.plugins.protocols: clients and idle must be positive");
        }
    }
}
