package dev.objectos.server.realtime;

import dev.objectos.runtime.metadata.Catalogs;
import dev.objectos.runtime.spi.SessionLease;
import dev.objectos.runtime.spi.SessionLeases;
import dev.objectos.server.problem.RequestId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.SubProtocolCapable;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.handler.TextWebSocketHandler;

/** Changes over a WebSocket, at the address of the stream. Whose requests may open one is decided where people sign in. */
public final class RealtimeSocket extends TextWebSocketHandler implements SubProtocolCapable {

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
