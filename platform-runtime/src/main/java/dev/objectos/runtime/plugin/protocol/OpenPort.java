package dev.objectos.runtime.plugin.protocol;

import dev.objectos.runtime.session.RequestOrigin;
import dev.objectos.runtime.spi.ProtocolAdapter;
import dev.objectos.runtime.spi.SessionLeases;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listens at the port of one adapter, and has it converse with each client in a thread of its own. */
final class OpenPort implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(OpenPort.class);

    /** How long conversations may take to end once their connections are closed. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final ProtocolAdapter adapter;
    private final ProtocolProperties properties;
    private final SessionLeases leases;
    private final ClientCalls calls;
    private final ServerSocket server;
    private final Thread door;
    private final ThreadPoolExecutor threads;
    private final Set<Socket> clients = ConcurrentHashMap.newKeySet();

    /** @param classes of the plugin */
    OpenPort(ProtocolAdapter adapter, ProtocolProperties properties, SessionLeases leases, ClientCalls calls,
            ClassLoader classes) throws IOException {
        this.adapter = adapter;
        this.properties = properties;
        this.leases = leases;
        this.calls = calls;
        String name = "objectos-protocol-" + adapter.name();
        ThreadFactory factory = Thread.ofPlatform().daemon().inheritInheritableThreadLocals(false).name(name + "-", 1)
                .factory();
        this.threads = new ThreadPoolExecutor(0, properties.clients(), 10, TimeUnit.SECONDS, new SynchronousQueue<>(),
                work -> {
                    Thread thread = factory.newThread(work);
                    thread.setContextClassLoader(classes);
                    return thread;
                });
        this.server = new ServerSocket();
        try {
            server.setReuseAddress(true);
            server.bind(new InetSocketAddress(properties.address(), adapter.port()));
        } catch (IOException e) {
            server.close();
            throw e;
        }
        this.door = Thread.ofPlatform().daemon().inheritInheritableThreadLocals(false).name(name)
                .unstarted(this::listen);
    }

    OpenPort opened() {
        door.start();
        return this;
    }

    boolean listens() {
        return !server.isClosed();
    }

    int clients() {
        return clients.size();
    }

    private void listen() {
        while (listens()) {
            try {
                admit(server.accept());
            } catch (IOException e) {
                if (listens()) {
                    LOG.warn("{} could not take a client", adapter.name(), e);
                    close(server);
                }
            }
        }
    }

    private void admit(Socket client) {
        clients.add(client);
        try {
            threads.execute(() -> converse(client));
        } catch (RejectedExecutionException _) {
            if (listens()) {
                LOG.warn("{} hangs up on a client: {} are connected (objectos.plugins.protocols.clients)",
                        adapter.name(), properties.clients());
            }
            end(client);
        }
    }

    private void converse(Socket client) {
        var origin = new RequestOrigin(client.getInetAddress().getHostAddress(), null, null);
        try {
            client.setSoTimeout(Math.toIntExact(properties.idle().toMillis()));
            var conversation = new Conversation(client.getInputStream(), client.getOutputStream(),
                    client.getInetAddress(), leases, calls);
            ScopedValue.where(RequestOrigin.CURRENT, origin).call(() -> {
                adapter.serve(conversation);
                return true;
            });
        } catch (IOException | UncheckedIOException | InterruptedException e) {
            LOG.debug("A conversation of {} has ended", adapter.name(), e);
        } catch (Exception | LinkageError | StackOverflowError | AssertionError e) {
            LOG.warn("A conversation of {} has failed", adapter.name(), e);
        } finally {
            end(client);
        }
    }

    private void end(Socket client) {
        clients.remove(client);
        close(client);
    }

    private void close(Closeable closeable) {
        try {
            closeable.close();
        } catch (IOException e) {
            LOG.debug("A connection of {} could not be closed", adapter.name(), e);
        }
    }

    /** Listens no longer, and hangs up on everybody. */
    @Override
    public void close() {
        close(server);
        clients.forEach(this::close);
        threads.shutdownNow();
        try {
            // Not before it has ended is the port free for somebody else.
            door.join(PATIENCE);
            if (!threads.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("{} still converses although its connections are closed", adapter.name());
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
