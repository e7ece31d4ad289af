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
import graphql.language.OperationDefinition;
import graphql.parser.InvalidSyntaxException;
import graphql.parser.Parser;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * GraphQL over HTTP (GraphQL over HTTP, draft of 2025): well-formed requests are answered 200, with errors in the answer;
 * clients that take {@code application/graphql-response+json} get 400 where nothing could be executed.
 */
@RestController
@RequestMapping("/graphql")
public final class GraphQlController {

    private static final String RESPONSE = "application/graphql-response+json";

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
        Object body = bodies.read(request);
        if (body instanceof List<?> batch) {
            send(request, response, batch(batch, session, Leases.of(request, session)), true);
        } else {
            execute(request, response, body, session);
        }
    }

    /** Queries alone: whatever changes something is sent by POST. */
    @GetMapping
    void get(HttpServletRequest request, HttpServletResponse response, Session session) throws IOException {
        var body = new LinkedHashMap<String, @Nullable Object>(UrlParameters.parse(request.getQueryString()));
        for (String name : List.of("variables", "extensions")) {
            if (body.get(name) instanceof String text) {
                body.put(name, JsonReader.read(text.getBytes(StandardCharsets.UTF_8)));
            }
        }
        Engine.Operation operation = documents.operation(body);
        if (Operations.changes(operation)) {
            throw new PlatformException(RuntimeError.INVALID_REQUEST, "A mutation is sent by POST");
        }
        answer(request, response, engine.execute(operation, session, Leases.of(request, session)));
    }

    private void execute(HttpServletRequest request, HttpServletResponse response, @Nullable Object body,
            Session session) throws IOException {
        SessionLease lease = Leases.of(request, session);
        ExecutionResult result;
        try {
            result = engine.execute(documents.operation(body), session, lease);
        } catch (PersistedDocuments.NotKnown e) {
            result = ExecutionResult.newExecutionResult().addError(e.error()).build();
        }
        if (streamed(request)) {
            stream.send(result, response);
        } else {
            answer(request, response, result);
        }
    }

    private static boolean streamed(HttpServletRequest request) {
        String accept = request.getHeader("Accept");
        return accept != null && accept.startsWith("text/event-stream");
    }

    private static ExecutionResult answered(ExecutionResult result) {
        return result.getData() instanceof Publisher<?>
                ? ExecutionResult.newExecutionResult().addError(GraphQlErrors.error(RuntimeError.INVALID_REQUEST,
                        "A subscription takes a WebSocket (graphql-transport-ws), or Accept: text/event-stream",
                        List.of())).build()
                : result;
    }

    private void answer(HttpServletRequest request, HttpServletResponse response, ExecutionResult result)
            throws IOException {
        ExecutionResult answered = answered(result);
        send(request, response, json(new JsonAnswer(1024), answered), answered.isDataPresent());
    }

    private JsonAnswer batch(List<?> batch, Session session, SessionLease lease) {
        if (batch.isEmpty() || batch.size() > maxBatch) {
            throw new PlatformException(RuntimeError.INVALID_REQUEST,
                    "A batch has from 1 to " + maxBatch + " operations, not " + batch.size());
        }
        JsonAnswer answer = new JsonAnswer(1024).beginArray();
        for (Object body : batch) {
            json(answer, answered(engine.execute(documents.operation(body), session, lease)));
        }
        return answer.endArray();
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

    private static void send(HttpServletRequest request, HttpServletResponse response, JsonAnswer answer,
            boolean executed) throws IOException {
        String accept = request.getHeader("Accept");
        boolean standard = accept != null && accept.contains(RESPONSE);
        Answers.send(response, executed || !standard ? 200 : 400, standard ? RESPONSE : Answers.JSON, answer);
    }

    /** The documents whose operations are looked at before they are executed. */
    private static final class Operations {

        /** Whether the operation that is to be executed changes something; one that cannot be read does not. */
        static boolean changes(Engine.Operation operation) {
            try {
                return Parser.parse(operation.document()).getDefinitionsOfType(OperationDefinition.class).stream()
                        .filter(defined -> operation.name() == null || operation.name().equals(defined.getName()))
                        .anyMatch(defined -> defined.getOperation() != OperationDefinition.Operation.QUERY);
            } catch (InvalidSyntaxException _) {
                return false;
            }
        }
    }
}
