package dev.objectos.server.realtime;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.metadata.Catalogs;
import dev.objectos.runtime.spi.SessionLease;
import dev.objectos.runtime.spi.SessionLeases;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.PingMessage;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;

/** One client's WebSocket: what it has subscribed to, and a thread that sends what it is to be told. */
final class SocketConnection {

    private static final Logger LOG = LoggerFactory.getLogger(SocketConnection.class);

    private final WebSocketSession socket;
    private final ChangeFeed feed;
    private final Catalogs catalogs;
    private final RealtimeProperties properties;
    private final String requestId;
    private final @Nullable SessionLeases leases;
    private final Outgoing outgoing;
    private final Map<String, AutoCloseable> subscriptions = new ConcurrentHashMap<>();
    private final long opened = System.nanoTime();
    private volatile @Nullable FeedConnection connection;
    private volatile CloseStatus status = CloseStatus.NORMAL;

    /**
     * @param requestId what the request that opened it is called
     * @param leases sign in who does so by a message; null: nobody can
     */
    SocketConnection(WebSocketSession socket, ChangeFeed feed, Catalogs catalogs, RealtimeProperties properties,
            String requestId, @Nullable SessionLeases leases) {
        this.socket = socket;
        this.feed = feed;
        this.catalogs = catalogs;
        this.properties = properties;
        this.requestId = requestId;
        this.leases = leases;
        outgoing = new Outgoing(properties.waiting(), properties.waitingSize().toBytes());
    }

    /**
     * Begins to send.
     *
     * @param lease of whoever has signed in already; null: the first message says who it is
     */
    void open(@Nullable SessionLease lease) {
        Thread.ofVirtual().name("objectos-realtime-socket").start(this::send);
        if (lease != null) {
            try {
                connect(lease);
            } catch (PlatformException e) {
                end(e);
            }
        }
    }

    private void connect(SessionLease lease) {
        connection = feed.connect(lease, this::end);
    }

    /** Does what a client says; refusals are answers. */
    void hear(String text) {
        String id = null;
        try {
            SocketMessages.Said said = SocketMessages.read(text);
            id = said.id();
            hear(said);
        } catch (PlatformException e) {
            add(SocketMessages.error(id, e, requestId));
            if (connection == null) {
                end(e);
            }
        }
    }

    private void hear(SocketMessages.Said said) {
        FeedConnection known = connection;
        switch (said.type()) {
            case "ping" -> add(SocketMessages.done("pong", said.id()));
            case "authenticate" -> {
                if (known != null) {
                    throw new PlatformException(RuntimeError.INVALID_REQUEST, "Somebody has signed in here already");
                }
                authenticate(said);
            }
            case "subscribe" -> subscribe(said, signedIn(known));
            case "unsubscribe" -> {
                AutoCloseable subscription = subscriptions.remove(said.requireId());
                if (subscription == null) {
                    throw new PlatformException(RuntimeError.INVALID_REQUEST,
                            "There is no subscription \"" + said.requireId() + "\" on this connection");
                }
                close(subscription);
                add(SocketMessages.done("unsubscribed", said.id()));
            }
            default -> throw new PlatformException(RuntimeError.INVALID_REQUEST,
                    "There is no message of this type; there are authenticate, subscribe, unsubscribe and ping");
        }
    }

    private void authenticate(SocketMessages.Said said) {
        String token = said.text("token");
        if (token == null || leases == null) {
            throw new PlatformException(RuntimeError.UNAUTHENTICATED, "\"authenticate\" needs a \"token\"");
        }
        connect(leases.of(token));
        add(SocketMessages.done("authenticated", said.id()));
    }

    private static FeedConnection signedIn(@Nullable FeedConnection connection) {
        if (connection == null) {
            throw new PlatformException(RuntimeError.UNAUTHENTICATED, "Sign in first, with \"authenticate\"");
        }
        return connection;
    }

    private void subscribe(SocketMessages.Said said, FeedConnection to) {
        String id = said.requireId();
        if (subscriptions.containsKey(id)) {
            throw new PlatformException(RuntimeError.INVALID_REQUEST,
                    "There is a subscription \"" + id + "\" on this connection already");
        }
        Map<String, @Nullable Object> wish = new LinkedHashMap<>();
        said.message().forEach((name, value) -> wish.put(String.valueOf(name), value));
        wish.remove("type");
        Long after = SubscriptionParser.position(wish.remove("lastEventId") instanceof String last ? last : null);
        ChangeSubscription subscription = new SubscriptionParser(catalogs.current()).parse(wish, id, after)
                .subscription();
        long start = after == null ? feed.now() : after;
        // Said first, for what was missed is told before subscribing returns.
        var listener = new Listener(id, SocketMessages.subscribed(id, start));
        subscriptions.put(id, to.subscribe(subscription.behind(start), listener));
        listener.begin();
    }

    /** Tells of one subscription, after it has been confirmed. */
    private final class Listener implements ChangeListener {

        private final String id;
        private byte @Nullable [] first;

        Listener(String id, byte[] confirmation) {
            this.id = id;
            this.first = confirmation;
        }

        synchronized void begin() {
            byte[] confirmation = first;
            if (confirmation != null) {
                first = null;
                add(confirmation);
            }
        }

        @Override
        public void next(ChangeEvent event) {
            begin();
            add(SocketMessages.change(id, event));
        }

        @Override
        public void missed(ChangeEvent event) {
            begin();
            try {
                outgoing.await(SocketMessages.change(id, event));
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void reset(long position) {
            begin();
            add(SocketMessages.reset(id, position));
        }

        @Override
        public void ended(PlatformException because) {
            subscriptions.remove(id);
            add(SocketMessages.error(id, because, requestId));
        }
    }

    private void add(byte[] message) {
        if (!outgoing.add(message)) {
            end(FeedConnection.tooSlow());
        }
    }

    /** Ends it for a reason that the client is told, in a last message and by the code with which the WebSocket closes. */
    void end(PlatformException because) {
        status = SocketEnds.status(because);
        outgoing.close(SocketMessages.error(null, because, requestId), FeedConnection.isTooSlow(because));
        gone();
    }

    /** The client has gone. */
    void gone() {
        FeedConnection known = connection;
        if (known != null) {
            known.close();
        }
        outgoing.close(new byte[0], true);
    }

    private void send() {
        try {
            while (!outgoing.isOver()) {
                byte[] message = outgoing.next(connection == null ? properties.signIn() : properties.heartbeat());
                if (message == null) {
                    if (connection == null && System.nanoTime() - opened >= properties.signIn().toNanos()) {
                        end(new PlatformException(RuntimeError.UNAUTHENTICATED, "Nobody has signed in"));
                    } else {
                        socket.sendMessage(new PingMessage());
                    }
                } else if (message.length > 0) {
                    socket.sendMessage(new TextMessage(message));
                }
            }
            socket.close(status);
        } catch (IOException | IllegalStateException e) {
            LOG.debug("A WebSocket has broken", e);
            gone();
            abort();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void abort() {
        try {
            socket.close(CloseStatus.SESSION_NOT_RELIABLE);
        } catch (IOException e) {
            LOG.debug("A broken WebSocket could not be closed", e);
        }
    }

    private static void close(AutoCloseable subscription) {
        try {
            subscription.close();
        } catch (Exception e) {
            throw new IllegalStateException("a subscription of ours closes", e);
        }
    }
}
