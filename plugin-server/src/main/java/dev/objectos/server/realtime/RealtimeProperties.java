package dev.objectos.server.realtime;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How changes are told to clients ({@code objectos.realtime}).
 *
 * @param connections how many connections one person may have to this node
 * @param subscriptions how many a connection may have
 * @param waiting how many messages may wait for a client that does not keep up; with one more it is let go
 * @param waitingSize how large they may be together
 * @param heartbeat after which a silent connection is shown to be alive
 * @param check how often is asked whether whoever listens may still do so
 * @param replay how many changes of an object are told to a client that comes back; with more it must read anew
 * @param signIn how long a WebSocket may be open without anybody having signed in
 */
@ConfigurationProperties("objectos.realtime")
public record RealtimeProperties(@DefaultValue("50") int connections, @DefaultValue("100") int subscriptions,
        @DefaultValue("1000") int waiting, @DefaultValue("8MB") DataSize waitingSize,
        @DefaultValue("15s") Duration heartbeat, @DefaultValue("500ms") Duration check,
        @DefaultValue("10000") int replay, @DefaultValue("10s") Duration signIn) {

    public RealtimeProperties {
        if (!heartbeat.isPositive() || !check.isPositive() || !signIn.isPositive()) {
            throw new IllegalArgumentException(
                    "objectos.realtime: heartbeat, check and sign-in must be positive");
        }
    }
}
