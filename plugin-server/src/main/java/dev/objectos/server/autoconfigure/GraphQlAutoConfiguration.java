package dev.objectos.server.autoconfigure;

import dev.objectos.runtime.metadata.Catalogs;
import dev.objectos.runtime.query.JsonDocument;
import dev.objectos.runtime.spi.ObjectRights;
import dev.objectos.runtime.spi.Records;
import dev.objectos.server.graphql.Engine;
import dev.objectos.server.graphql.GraphQlController;
import dev.objectos.server.graphql.GraphQlProperties;
import dev.objectos.server.graphql.PersistedDocuments;
import dev.objectos.server.graphql.SocketService;
import dev.objectos.server.realtime.ChangeFeed;
import dev.objectos.server.realtime.RealtimeProperties;
import dev.objectos.server.web.JsonBodies;
import dev.objectos.server.web.SocketHandshake;
import java.util.ArrayList;
import java.util.Map;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.graphql.server.WebGraphQlHandler;
import org.springframework.graphql.server.webmvc.GraphQlWebSocketHandler;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import org.springframework.web.socket.server.HandshakeInterceptor;
import org.springframework.web.socket.server.support.DefaultHandshakeHandler;
import org.springframework.web.socket.server.support.WebSocketHandlerMapping;
import org.springframework.web.socket.server.support.WebSocketHttpRequestHandler;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/** GraphQL over the records. */
@AutoConfiguration(after = RealtimeAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBean({ChangeFeed.class, ObjectRights.class, JsonBodies.class})
@EnableConfigurationProperties(GraphQlProperties.class)
public final class GraphQlAutoConfiguration {

    @Bean
    Engine objectOsGraphQlEngine(Catalogs catalogs, Records records, ObjectRights rights, ChangeFeed feed,
            GraphQlProperties properties) {
        return new Engine(catalogs, records, rights, feed, properties);
    }

    @Bean
    PersistedDocuments objectOsGraphQlDocuments(GraphQlProperties properties) {
        return new PersistedDocuments(properties.allowList());
    }

    @Bean
    GraphQlController objectOsGraphQlController(Engine engine, PersistedDocuments documents, JsonBodies bodies,
            RealtimeProperties realtime, GraphQlProperties properties) {
        return new GraphQlController(engine, documents, bodies, realtime, properties);
    }

    /** The graphql-transport-ws protocol; before the controllers, which get what is no handshake. */
    @Bean
    WebSocketHandlerMapping objectOsGraphQlSocket(Engine engine, PersistedDocuments documents,
            RealtimeProperties realtime) {
        var service = new SocketService(engine, documents);
        var socket = new GraphQlWebSocketHandler(
                WebGraphQlHandler.builder(service).interceptor(service).build(), messages(), realtime.signIn(),
                realtime.heartbeat());
        WebSocketHttpRequestHandler handler = socket.initWebSocketHttpRequestHandler(new DefaultHandshakeHandler());
        var interceptors = new ArrayList<HandshakeInterceptor>(handler.getHandshakeInterceptors());
        interceptors.add(new SocketHandshake());
        handler.setHandshakeInterceptors(interceptors);
        var mapping = new WebSocketHandlerMapping();
        mapping.setUrlMap(Map.of("/graphql", handler));
        mapping.setWebSocketUpgradeMatch(true);
        mapping.setOrder(Ordered.HIGHEST_PRECEDENCE + 100);
        return mapping;
    }

    /** Messages with exact numbers, and answers as they have come from the database. */
    @SuppressWarnings({"unchecked", "rawtypes"}) // the handler names no type, for it reads and writes just messages
    private static HttpMessageConverter<Object> messages() {
        var answers = new SimpleModule().addSerializer(JsonDocument.class, new ValueSerializer<JsonDocument>() {

            @Override
            public void serialize(JsonDocument document, JsonGenerator json, SerializationContext context) {
                json.writeRawValue(document.toString());
            }
        });
        return (HttpMessageConverter) new JacksonJsonHttpMessageConverter(JsonMapper.builder().addModule(answers)
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build());
    }
}
