package dev.objectos.server.graphql;

import dev.objectos.server.json.JsonAnswer;
import dev.objectos.server.realtime.Outgoing;
import dev.objectos.server.realtime.RealtimeProperties;
import graphql.ExecutionResult;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.reactivestreams.Publisher;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;

/** Answers of a subscription as server-sent events (GraphQL over SSE, distinct connections): {@code next}, then {@code complete}. */
final class AnswerStream {

    private static final byte[] HEARTBEAT = ascii(":\n\n");
    private static final byte[] COMPLETE = ascii("event: complete\ndata:\n\n");

    private final RealtimeProperties properties;

    AnswerStream(RealtimeProperties properties) {
        this.properties = properties;
    }

    void send(ExecutionResult result, HttpServletResponse response) throws IOException {
        var outgoing = new Outgoing(properties.waiting(), properties.waitingSize().toBytes());
        Disposable told = subscribe(result, outgoing);
        try {
            send(outgoing, response);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            told.dispose();
        }
    }

    private static Disposable subscribe(ExecutionResult result, Outgoing outgoing) {
        Object data = result.getData();
        Flux<ExecutionResult> answers = data instanceof Publisher<?> publisher
                ? Flux.from(publisher).cast(ExecutionResult.class)
                : Flux.just(result);
        return answers.subscribe(answer -> {
            if (!outgoing.add(next(GraphQlController.json(new JsonAnswer(512), answer)))) {
                outgoing.close(COMPLETE, true);
            }
        }, failure -> {
            outgoing.add(next(new JsonAnswer(512).beginObject()
                    .treeIfAny("errors", ToldChanges.shown(failure)).endObject()));
            outgoing.close(COMPLETE, false);
        }, () -> outgoing.close(COMPLETE, false));
    }

    private void send(Outgoing outgoing, HttpServletResponse response) throws IOException, InterruptedException {
        response.setStatus(HttpServletResponse.SC_OK);
        response.setContentType("text/event-stream;charset=UTF-8");
        response.setHeader("Cache-Control", "no-cache, no-transform");
        response.setHeader("X-Accel-Buffering", "no");
        OutputStream out = response.getOutputStream();
        out.write(HEARTBEAT);
        out.flush();
        while (!outgoing.isOver()) {
            byte[] message = outgoing.next(properties.heartbeat());
            out.write(message == null ? HEARTBEAT : message);
            out.flush();
        }
    }

    /** Line breaks of PostgreSQL's JSON stand between values, where a blank is as good. */
    private static byte[] next(JsonAnswer answer) {
        String json = new String(answer.bytes(), 0, answer.length(), StandardCharsets.UTF_8).replace('\n', ' ');
        return ("event: next\ndata: " + json + "\n\n").getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
