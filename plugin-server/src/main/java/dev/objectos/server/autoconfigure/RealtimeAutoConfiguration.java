package dev.objectos.server.autoconfigure;

import dev.objectos.runtime.metadata.Catalogs;
import dev.objectos.runtime.spi.ChangeStream;
import dev.objectos.runtime.spi.Records;
import dev.objectos.runtime.spi.WatchedRecords;
import dev.objectos.server.realtime.ChangeFeed;
import dev.objectos.server.realtime.ConnectionWatch;
import dev.objectos.server.realtime.RealtimeController;
import dev.objectos.server.realtime.RealtimeProperties;
import dev.objectos.server.realtime.RealtimeSocket;
import dev.objectos.server.realtime.Tellers;
import dev.objectos.server.web.SocketHandshake;
import java.util.List;
import java.util.Map;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.core.Ordered;
import org.springframework.web.socket.server.support.WebSocketHandlerMapping;
import org.springframework.web.socket.server.support.WebSocketHttpRequestHandler;

/** Tells clients of changes. */
@AutoConfiguration(after = ServerAutoConfiguration.class, afterName = "dev.objectos.runtime.autoconfigure.EventAutoConfiguration")
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBean({ChangeStream.class, WatchedRecords.class})
@EnableConfigurationProperties(RealtimeProperties.class)
public final class RealtimeAutoConfiguration {

    @Bean
    Tellers objectOsTellers(Records records, WatchedRecords watched) {
        return new Tellers(records, watched);
    }

    @Bean
    ChangeFeed objectOsChangeFeed(ChangeStream stream, Tellers tellers, Catalogs catalogs,
            RealtimeProperties properties) {
        return new ChangeFeed(stream, tellers, catalogs, properties);
    }

    @Bean(initMethod = "start")
    ConnectionWatch objectOsConnectionWatch(ChangeFeed feed, RealtimeProperties properties) {
        return new ConnectionWatch(feed, properties);
    }

    @Bean
    RealtimeController objectOsRealtimeController(ChangeFeed feed, Catalogs catalogs, RealtimeProperties properties) {
        return new RealtimeController(feed, catalogs, properties);
    }

    @Bean
    RealtimeSocket objectOsRealtimeSocket(ChangeFeed feed, Catalogs catalogs, RealtimeProperties properties) {
        return new RealtimeSocket(feed, catalogs, properties);
    }

    /** Before the controllers, which get what is no handshake. Pages of others are kept out where cookies are read. */
    @Bean
    WebSocketHandlerMapping objectOsRealtimeMapping(RealtimeSocket socket) {
        var handler = new WebSocketHttpRequestHandler(socket);
        handler.setHandshakeInterceptors(List.of(new SocketHandshake()));
        var mapping = new WebSocketHandlerMapping();
        mapping.setUrlMap(Map.of("/api/realtime", handler));
        mapping.setWebSocketUpgradeMatch(true);
        mapping.setOrder(Ordered.HIGHEST_PRECEDENCE + 100);
        return mapping;
    }

    /** Before the web server waits for requests to end: streams do not end by themselves. */
    @Bean
    ApplicationListener<ContextClosedEvent> objectOsRealtimeEnd(ChangeFeed feed) {
        return _ -> feed.close();
    }
}
