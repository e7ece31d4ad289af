package dev.objectos.server.realtime;

import dev.objectos.runtime.metadata.Catalogs;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.SessionLease;
import dev.objectos.runtime.spi.SessionLeases;
import dev.objectos.server.problem.RequestId;
import dev.objectos.server.web.Leases;
import dev.objectos.server.web.SessionResolver;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.SubProtocolCapable;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.handler.TextWebSocketHandler;
import org.springframework.web.socket.server.HandshakeInterceptor;

/** Changes over a WebSocket, at the address of the stream. Whose requests may open one is decided where people sign in. */
public final class RealtimeSocket extends TextWebSocketHandler implements SubProtocolCapable, HandshakeInterceptor {

    /** What the messages are written in; clients that name sub-protocols name this one. */
    public static final String PROTOCOL = "objectos";

    private static final int LONGEST_MESSAGE = 64 * 1024;

    private final ChangeFeed feed;
    private final Catalogs catalogs;
    private final RealtimeProperties properties;
    private final Map<String, SocketConnection> connections = new ConcurrentHashMap<>();

    public RealtimeSocket(ChangeFeed feed, Catalogs catalogs, RealtimeProperties properties) {
        this.feed = feed;
        this.catalogs = catalogs;
        this.properties = properties;
    }

    @Override
    public List<String> getSubProtocols() {
        return List.of(PROTOCOL);
    }

    /** Takes along what the request says, for it is over once the WebSocket is open. */
    @Override
    public boolean beforeHandshake(ServerHttpRequest request, ServerHttpResponse response, WebSocketHandler handler,
            Map<String, Object> attributes) {
        if (request instanceof ServletServerHttpRequest servlet) {
            HttpServletRequest http = servlet.getServletRequest();
            attributes.put(RequestId.HEADER, RequestId.of(http));
            if (http.getAttribute(SessionResolver.ATTRIBUTE) instanceof Session session) {
                attributes.put(SessionLease.ATTRIBUTE, Leases.of(http, session));
            }
            if (http.getAttribute(SessionLeases.ATTRIBUTE) instanceof SessionLeases leases) {
                attributes.put(SessionLeases.ATTRIBUTE, leases);
            }
        }
        return true;
    }

    @Override
    public void afterHandshake(ServerHttpRequest request, ServerHttpResponse response, WebSocketHandler handler,
            @Nullable Exception failure) {}

    @Override
    public void afterConnectionEstablished(WebSocketSession socket) {
        socket.setTextMessageSizeLimit(LONGEST_MESSAGE);
        var connection = new SocketConnection(socket, feed, catalogs, properties,
                String.valueOf(socket.getAttributes().get(RequestId.HEADER)),
                socket.getAttributes().get(SessionLeases.ATTRIBUTE) instanceof SessionLeases leases ? leases : null);
        connections.put(socket.getId(), connection);
        connection.open(socket.getAttributes().get(SessionLease.ATTRIBUTE) instanceof SessionLease lease
                ? lease
                : null);
    }

    @Override
    protected void handleTextMessage(WebSocketSession socket, TextMessage message) {
        SocketConnection connection = connections.get(socket.getId());
        if (connection != null) {
            connection.hear(message.getPayload());
        }
    }

    @Override
    public void afterConnectionClosed(WebSocketSession socket, CloseStatus status) {
        SocketConnection connection = connections.remove(socket.getId());
        if (connection != null) {
            connection.gone();
        }
    }
}
