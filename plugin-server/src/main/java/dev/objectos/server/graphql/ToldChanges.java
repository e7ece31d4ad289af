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
import java.util.List;
import java.util.Map;
import java.util.UUID;
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
        JsonAnswer change = new JsonAnswer(512).beginObject().name(field.getResultKey()).beginObject();
        for (Part part : parts) {
            if (part instanceof Part.Fact(String key, var fact)) {
                change.name(key).embedded(JsonAnswer.tree(fact.apply(event)));
            }
        }
        if (event.record() == null) {
            shown().forEach(part -> change.name(part.key()).nothing());
        } else if (!shown().isEmpty()) {
            change.members(read(event));
        }
        return ExecutionResult.newExecutionResult().data(change.endObject().endObject().toDocument()).build();
    }

    private List<Part.Shown> shown() {
        return parts.stream().filter(Part.Shown.class::isInstance).map(Part.Shown.class::cast).toList();
    }

    /** What is asked for to show a record. */
    SelectionQuery query(String object, UUID record) {
        return new SelectionQuery(shown().stream().<SelectionQuery.Root>map(part -> new SelectionQuery.Root.One(
                part.key(), object, new Operand.Literal(record.toString()), part.selection())).toList());
    }

    private JsonDocument read(ChangeEvent event) {
        SelectionQuery query = query(event.object(), event.id());
        return ScopedValue.where(Session.CURRENT, request.session())
                .call(() -> records.select(query, request.session()));
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
