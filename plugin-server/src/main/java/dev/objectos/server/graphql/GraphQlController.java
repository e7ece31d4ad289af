package dev.objectos.server.graphql;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.query.JsonDocument;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.SessionLease;
import dev.objectos.server.json.JsonAnswer;
import dev.objectos.server.json.JsonReader;
import dev.objectos.server.query.UrlParameters;
import dev.objectos.server.realtime.RealtimeProperties;
import dev.objectos.server.web.Answers;
import dev.objectos.server.web.JsonBodies;
import dev.objectos.server.web.Leases;
import graphql.ExecutionResult;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** GraphQL over HTTP (GraphQL over HTTP, draft of 2025): well-formed requests are answered, with errors in the answer. */
@RestController
@RequestMapping("/graphql")
public final class GraphQlController {

    private static final String JSON = "application/json;charset=utf-8";
    private static final String STANDARD = "application/graphql-response+json;charset=utf-8";

    /** Bytes for what stands around the data, or for an error. */
    private static final int ROOM = 256;

    private final Engine engine;
    private final PersistedDocuments documents;
    private final JsonBodies bodies;
    private final AnswerStream stream;
    private final int maxBatch;

    public GraphQlController(Engine engine, PersistedDocuments documents, JsonBodies bodies,
            RealtimeProperties realtime, GraphQlProperties properties) {
        this.engine = engine;
        this.documents = documents;
        this.bodies = bodies;
        this.stream = new AnswerStream(realtime);
        this.maxBatch = properties.maxBatch();
    }

    @PostMapping
    void post(HttpServletRequest request, HttpServletResponse response, Session session) throws IOException {
        Accepted accepted = Accepted.of(request);
        SessionLease lease = Leases.of(request, session);
        Function<Engine.Operation, ExecutionResult> execution = operation -> engine.execute(operation, session,
                lease);
        Object body = bodies.read(request);
        if (body instanceof List<?> batch) {
            send(response, accepted, batch(batch, execution), true);
        } else {
            answer(response, accepted, result(body, execution));
        }
    }

    /** Queries and subscriptions: whatever changes something is sent by POST. */
    @GetMapping
    void get(HttpServletRequest request, HttpServletResponse response, Session session) throws IOException {
        Accepted accepted = Accepted.of(request);
        SessionLease lease = Leases.of(request, session);
        var body = new LinkedHashMap<String, @Nullable Object>(UrlParameters.parse(request.getQueryString()));
        for (String name : List.of("variables", "extensions")) {
            if (body.get(name) instanceof String text) {
                body.put(name, JsonReader.read(text.getBytes(StandardCharsets.UTF_8)));
            }
        }
        answer(response, accepted, result(body, operation -> engine.read(operation, session, lease)));
    }

    private ExecutionResult result(@Nullable Object body, Function<Engine.Operation, ExecutionResult> execution) {
        Engine.Operation operation;
        try {
            operation = documents.operation(body);
        } catch (PersistedDocuments.NotKnown e) {
            return e.answer();
        }
        return execution.apply(operation);
    }

    private JsonAnswer batch(List<?> batch, Function<Engine.Operation, ExecutionResult> execution) {
        if (batch.isEmpty() || batch.size() > maxBatch) {
            throw new PlatformException(RuntimeError.INVALID_REQUEST,
                    "A batch has from 1 to " + maxBatch + " operations, not " + batch.size());
        }
        JsonAnswer answer = new JsonAnswer().beginArray();
        batch.forEach(body -> json(answer, told(result(body, execution))));
        return answer.endArray();
    }

    private void answer(HttpServletResponse response, Accepted accepted, ExecutionResult result) throws IOException {
        if (accepted.byEvents(result)) {
            stream.send(result, response);
        } else {
            ExecutionResult told = told(result);
            send(response, accepted, json(new JsonAnswer(expected(told)), told), told.isDataPresent());
        }
    }

    private static int expected(ExecutionResult result) {
        return ROOM + (result.getData() instanceof JsonDocument document ? document.utf8().length : 0);
    }

    /** What can be told by one answer. */
    private static ExecutionResult told(ExecutionResult result) {
        return result.getData() instanceof Publisher<?>
                ? ExecutionResult.newExecutionResult().addError(GraphQlErrors.error(RuntimeError.INVALID_REQUEST,
                        "A subscription takes a WebSocket (graphql-transport-ws), or Accept: text/event-stream",
                        List.of())).build()
                : result;
    }

    static JsonAnswer json(JsonAnswer answer, ExecutionResult result) {
        answer.beginObject();
        if (!result.getErrors().isEmpty()) {
            answer.treeIfAny("errors", result.getErrors().stream().map(GraphQlErrors::shown).toList());
        }
        if (result.isDataPresent()) {
            Object data = result.getData();
            answer.name("data").document(data instanceof JsonDocument document ? document : JsonDocument.of("null"));
        }
        return answer.endObject();
    }

    private static void send(HttpServletResponse response, Accepted accepted, JsonAnswer answer, boolean executed)
            throws IOException {
        boolean standard = accepted.standard(executed);
        Answers.send(response, standard && !executed ? HttpServletResponse.SC_BAD_REQUEST : HttpServletResponse.SC_OK,
                standard ? STANDARD : JSON, answer);
    }
}
