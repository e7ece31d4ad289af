package dev.objectos.server.graphql;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.query.JsonDocument;
import dev.objectos.runtime.query.Operand;
import dev.objectos.runtime.query.Selection;
import dev.objectos.runtime.query.SelectionQuery;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.Records;
import dev.objectos.server.json.JsonAnswer;
import dev.objectos.server.realtime.ChangeEvent;
import dev.objectos.server.realtime.ChangeFeed;
import dev.objectos.server.realtime.ChangeListener;
import dev.objectos.server.realtime.ChangeSubscription;
import dev.objectos.server.realtime.FeedConnection;
import graphql.ExecutionResult;
import graphql.execution.MergedField;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.execution.SubscriptionPublisherException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;

/**
 * The answers of one subscription. Records are read when they are told of, as their subscriber sees them then.
 *
 * @param field of the subscription
 * @param parts what is shown of a change
 */
record ToldChanges(ChangeFeed feed, Records records, RequestContext request, ChangeSubscription subscription,
        MergedField field, List<Part> parts) {

    /** How many changes wait for a subscriber that does not keep up; with one more it is let go. */
    private static final int WAITING = 1_000;

    ToldChanges {
        parts = List.copyOf(parts);
    }

    /** A member of what is shown. */
    sealed interface Part {

        String key();

        record Fact(String key, Function<ChangeEvent, @Nullable Object> fact) implements Part {}

        record Shown(String key, Selection selection) implements Part {}
    }

    Flux<ExecutionResult> flux() {
        return Flux.create(this::begin, FluxSink.OverflowStrategy.ERROR);
    }

    private void begin(FluxSink<ExecutionResult> sink) {
        var waiting = new LinkedBlockingQueue<ChangeEvent>(WAITING);
        var demand = new Semaphore(0);
        sink.onRequest(more -> demand.release((int) Math.min(more, Integer.MAX_VALUE - demand.availablePermits())));
        FeedConnection connection;
        try {
            connection = feed.connect(request.lease(), because -> sink.error(failure(because)));
        } catch (PlatformException e) {
            sink.error(failure(e));
            return;
        }
        Thread teller = Thread.ofVirtual().name("objectos-graphql-subscription")
                .unstarted(() -> tell(waiting, demand, sink, connection));
        sink.onDispose(() -> {
            connection.close();
            teller.interrupt();
        });
        try {
            connection.subscribe(subscription, listener(waiting, connection));
            teller.start();
        } catch (PlatformException e) {
            sink.error(failure(e));
        }
    }

    private static ChangeListener listener(BlockingQueue<ChangeEvent> waiting, FeedConnection connection) {
        return new ChangeListener() {

            @Override
            public void next(ChangeEvent event) {
                if (!waiting.offer(event)) {
                    connection.end(FeedConnection.tooSlow());
                }
            }

            @Override
            public void reset(long position) {
                connection.end(new PlatformException(RuntimeError.UNAVAILABLE,
                        "Changes have been missed; read anew what is known and subscribe again")
                        .with("reason", "reset"));
            }

            @Override
            public void ended(PlatformException because) {
                connection.end(because);
            }
        };
    }

    private void tell(BlockingQueue<ChangeEvent> waiting, Semaphore demand, FluxSink<ExecutionResult> sink,
            FeedConnection connection) {
        try {
            while (!sink.isCancelled()) {
                ChangeEvent event = waiting.take();
                demand.acquire();
                sink.next(answer(event));
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (PlatformException e) {
            connection.end(e);
        }
    }

    private ExecutionResult answer(ChangeEvent event) {
        var shown = new LinkedHashMap<String, @Nullable Object>();
        var selected = parts.stream().filter(Part.Shown.class::isInstance).map(Part.Shown.class::cast).toList();
        for (Part part : parts) {
            if (part instanceof Part.Fact(String key, var fact)) {
                shown.put(key, fact.apply(event));
            }
        }
        byte[] facts = JsonAnswer.tree(shown);
        String text = new String(facts, 1, facts.length - 2, java.nio.charset.StandardCharsets.UTF_8);
        if (!selected.isEmpty()) {
            String records = event.record() == null ? nothing(selected) : read(event, selected);
            text = text.isEmpty() ? records : text + "," + records;
        }
        return ExecutionResult.newExecutionResult()
                .data(JsonDocument.of("{\"" + field.getResultKey() + "\":{" + text + "}}")).build();
    }

    private String read(ChangeEvent event, List<Part.Shown> selected) {
        var query = new SelectionQuery(selected.stream().<SelectionQuery.Root>map(
                part -> new SelectionQuery.Root.One(part.key(), event.object(),
                        new Operand.Literal(event.id().toString()), part.selection()))
                .toList());
        String json = ScopedValue.where(Session.CURRENT, request.session())
                .call(() -> records.select(query, request.session())).toString();
        return json.substring(1, json.length() - 1);
    }

    private static String nothing(List<Part.Shown> selected) {
        return String.join(",", selected.stream().map(part -> "\"" + part.key() + "\":null").toList());
    }

    private SubscriptionPublisherException failure(PlatformException because) {
        return new SubscriptionPublisherException(List.of(GraphQlErrors.of(because, field)), because);
    }

    /** What a stream of answers has ended with, as an answer shows it. */
    static List<Map<String, Object>> shown(Throwable failure) {
        return failure instanceof SubscriptionPublisherException told
                ? told.getErrors().stream().map(GraphQlErrors::shown).toList()
                : List.of(GraphQlErrors.shown(GraphQlErrors.of(failure, null)));
    }
}
