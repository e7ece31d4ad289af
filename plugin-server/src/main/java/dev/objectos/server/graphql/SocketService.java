package dev.objectos.server.graphql;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.SessionLease;
import dev.objectos.runtime.spi.SessionLeases;
import graphql.ExecutionInput;
import graphql.ExecutionResult;
import graphql.execution.preparsed.persisted.PersistedQuerySupport;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.ExecutionGraphQlRequest;
import org.springframework.graphql.ExecutionGraphQlResponse;
import org.springframework.graphql.ExecutionGraphQlService;
import org.springframework.graphql.server.WebSocketGraphQlInterceptor;
import org.springframework.graphql.server.WebSocketGraphQlRequest;
import org.springframework.graphql.server.WebSocketSessionInfo;
import org.springframework.graphql.support.DefaultExecutionGraphQlResponse;
import reactor.core.publisher.Mono;

/**
 * Operations over a WebSocket, as whoever has signed in when it was opened or does so in the first message: its payload has
 * {@code Authorization} as the header has it, or {@code token}.
 */
public final class SocketService implements ExecutionGraphQlService, WebSocketGraphQlInterceptor {

    private static final String BEARER = "Bearer ";

    private final Engine engine;
    private final PersistedDocuments documents;

    public SocketService(Engine engine, PersistedDocuments documents) {
        this.engine = engine;
        this.documents = documents;
    }

    @Override
    public Mono<Object> handleConnectionInitialization(WebSocketSessionInfo socket, Map<String, Object> payload) {
        String credential = credential(payload);
        if (credential != null && socket.getAttributes().get(SessionLeases.ATTRIBUTE) instanceof SessionLeases known) {
            socket.getAttributes().put(SessionLease.ATTRIBUTE, known.of(credential));
        }
        return Mono.fromCallable(() -> {
            session(socket);
            return Map.of();
        });
    }

    private static @Nullable String credential(Map<String, Object> payload) {
        for (Map.Entry<String, Object> entry : payload.entrySet()) {
            if (entry.getKey().equalsIgnoreCase("authorization") && entry.getValue() instanceof String header) {
                return header.regionMatches(true, 0, BEARER, 0, BEARER.length())
                        ? header.substring(BEARER.length()).strip()
                        : null;
            }
        }
        return payload.get("token") instanceof String token ? token : null;
    }

    @Override
    public Mono<ExecutionGraphQlResponse> execute(ExecutionGraphQlRequest request) {
        return Mono.fromCallable(() -> {
            WebSocketSessionInfo socket = ((WebSocketGraphQlRequest) request).getSessionInfo();
            ExecutionInput input = request.toExecutionInput();
            ExecutionResult result;
            try {
                Session session = session(socket);
                Engine.Operation operation = documents.operation(body(request));
                result = ScopedValue.where(Session.CURRENT, session)
                        .call(() -> engine.execute(operation, session, lease(socket)));
            } catch (PersistedDocuments.NotKnown e) {
                result = e.answer();
            } catch (PlatformException e) {
                result = ExecutionResult.newExecutionResult().addError(GraphQlErrors.of(e, null)).build();
            }
            return new DefaultExecutionGraphQlResponse(input, result);
        });
    }

    /** As it came; one without a document, which its digest stands for, has got a marker in its place. */
    private static Map<String, Object> body(ExecutionGraphQlRequest request) {
        var body = new LinkedHashMap<>(request.toMap());
        body.remove("query", PersistedQuerySupport.PERSISTED_QUERY_MARKER);
        return body;
    }

    private static Session session(WebSocketSessionInfo socket) {
        return lease(socket).current()
                .orElseThrow(() -> new PlatformException(RuntimeError.UNAUTHENTICATED, "Sign in first"));
    }

    private static SessionLease lease(WebSocketSessionInfo socket) {
        if (socket.getAttributes().get(SessionLease.ATTRIBUTE) instanceof SessionLease lease) {
            return lease;
        }
        throw new PlatformException(RuntimeError.UNAUTHENTICATED, "Sign in first");
    }
}
