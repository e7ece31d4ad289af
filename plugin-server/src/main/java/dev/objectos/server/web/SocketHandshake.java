package dev.objectos.server.web;

import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.SessionLease;
import dev.objectos.runtime.spi.SessionLeases;
import dev.objectos.server.problem.RequestId;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.server.HandshakeInterceptor;

/**
 * Takes along what the request says that opens a WebSocket, for it is over once that is open: who has signed in
 * ({@link SessionLease#ATTRIBUTE}), who can sign people in later ({@link SessionLeases#ATTRIBUTE}) and the request's id.
 */
public final class SocketHandshake implements HandshakeInterceptor {

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
}
