package dev.objectos.server.realtime;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.metadata.Catalogs;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.TakesParameters;
import dev.objectos.server.problem.ServerError;
import dev.objectos.server.query.UrlParameters;
import dev.objectos.server.web.Leases;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Changes as server-sent events. A stream is a request that goes on; it waits in its own virtual thread and holds nothing else. */
@RestController
public final class RealtimeController {

    private final ChangeFeed feed;
    private final Catalogs catalogs;
    private final RealtimeProperties properties;

    public RealtimeController(ChangeFeed feed, Catalogs catalogs, RealtimeProperties properties) {
        this.feed = feed;
        this.catalogs = catalogs;
        this.properties = properties;
    }

    @GetMapping("/api/realtime")
    @TakesParameters(any = true)
    void stream(HttpServletRequest request, HttpServletResponse response, Session session) throws IOException {
        requireEventsAccepted(request.getHeader("Accept"));
        Map<String, List<String>> parameters = UrlParameters.repeated(request.getQueryString());
        Long after = SubscriptionParser.position(lastEventId(request, parameters));
        List<SubscriptionParser.Named> wanted = new SubscriptionParser(catalogs.current()).parse(parameters, after);
        var outgoing = new Outgoing(properties.waiting(), properties.waitingSize().toBytes());
        try (FeedConnection connection = feed.connect(Leases.of(request, session),
                because -> outgoing.close(EventStream.close(because), FeedConnection.isTooSlow(because)))) {
            long start = after == null ? feed.now() : after;
            outgoing.add(EventStream.ready(wanted, start));
            Runnable missed = connection.subscribeAll(wanted.stream().map(
                    named -> new FeedConnection.Wish(named.subscription().behind(start),
                            listener(named, connection, outgoing)))
                    .toList());
            Thread.ofVirtual().name("objectos-realtime-missed").start(missed);
            EventSender.send(outgoing, response, properties.heartbeat(),
                    () -> EventStream.heartbeat(feed.position()));
        } finally {
            outgoing.close(new byte[0], true);
        }
    }

    private static ChangeListener listener(SubscriptionParser.Named named, FeedConnection connection,
            Outgoing outgoing) {
        return new ChangeListener() {

            @Override
            public void next(ChangeEvent event) {
                add(EventStream.change(named.name(), event));
            }

            @Override
            public void missed(ChangeEvent event) {
                try {
                    outgoing.await(EventStream.change(named.name(), event));
                } catch (InterruptedException _) {
                    Thread.currentThread().interrupt();
                }
            }

            @Override
            public void reset(long position) {
                add(EventStream.reset(named.name(), position));
            }

            @Override
            public void ended(PlatformException because) {
                connection.end(because);
            }

            private void add(byte[] message) {
                if (!outgoing.add(message)) {
                    connection.end(FeedConnection.tooSlow());
                }
            }
        };
    }

    private static @Nullable String lastEventId(HttpServletRequest request, Map<String, List<String>> parameters) {
        String header = request.getHeader("Last-Event-ID");
        return header != null ? header : parameters.getOrDefault("lastEventId", List.of("")).getLast();
    }

    private static void requireEventsAccepted(@Nullable String accept) {
        try {
            if (accept == null || MediaType.parseMediaTypes(accept).stream()
                    .anyMatch(type -> type.includes(MediaType.TEXT_EVENT_STREAM) && type.getQualityValue() > 0)) {
                return;
            }
        } catch (InvalidMediaTypeException _) {
            // Refused like a type that is not to be had.
        }
        throw new PlatformException(ServerError.NOT_ACCEPTABLE,
                "The answer is text/event-stream; the Accept header excludes it");
    }
}
