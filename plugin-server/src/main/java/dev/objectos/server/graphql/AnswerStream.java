package dev.objectos.server.graphql;

import dev.objectos.server.json.JsonAnswer;
import dev.objectos.server.realtime.EventSender;
import dev.objectos.server.realtime.FeedConnection;
import dev.objectos.server.realtime.Outgoing;
import dev.objectos.server.realtime.RealtimeProperties;
import graphql.ExecutionResult;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
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
        outgoing.add(HEARTBEAT);
        Disposable told = subscribe(result, outgoing);
        try {
            EventSender.send(outgoing, response, properties.heartbeat(), () -> HEARTBEAT);
        } finally {
            told.dispose();
        }
    }

    private static Disposable subscribe(ExecutionResult result, Outgoing outgoing) {
        Object data = result.getData();
        Flux<ExecutionResult> answers = data instanceof Publisher<?> publisher
                ? Flux.from(publisher).cast(ExecutionResult.class)
                : Flux.just(result);
        return answers.takeWhile(answer -> fits(answer, outgoing)).subscribe(_ -> {},
                failure -> outgoing.close(last(failure), false), () -> outgoing.close(COMPLETE, false));
    }

    /** Whether the client has kept up so far; where it has not, that is the last that it hears. */
    private static boolean fits(ExecutionResult answer, Outgoing outgoing) {
        if (outgoing.add(next(GraphQlController.json(new JsonAnswer(512), answer)))) {
            return true;
        }
        outgoing.close(last(FeedConnection.tooSlow()), true);
        return false;
    }

    private static byte[] last(Throwable failure) {
        byte[] why = next(
                new JsonAnswer(512).beginObject().treeIfAny("errors", ToldChanges.shown(failure)).endObject());
        byte[] last = Arrays.copyOf(why, why.length + COMPLETE.length);
        System.arraycopy(COMPLETE, 0, last, why.length, COMPLETE.length);
        return last;
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
