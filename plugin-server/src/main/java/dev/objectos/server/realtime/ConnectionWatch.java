package dev.objectos.server.realtime;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks of every connection, again and again, whether it still counts: nothing else tells a client that only listens. */
public final class ConnectionWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ConnectionWatch.class);

    private static final int AT_ONCE = 8;
    private static final long REST = TimeUnit.MINUTES.toNanos(1);

    private final ChangeFeed feed;
    private final RealtimeProperties properties;
    private final ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE,
            Thread.ofVirtual().name("objectos-realtime-check-", 0).factory());
    private final Thread thread = Thread.ofPlatform().daemon().name("objectos-realtime-watch").unstarted(this::loop);
    private volatile boolean closed;

    public ConnectionWatch(ChangeFeed feed, RealtimeProperties properties) {
        this.feed = feed;
        this.properties = properties;
    }

    public void start() {
        thread.start();
    }

    private void loop() {
        long used = System.nanoTime();
        while (!closed) {
            try {
                if (!feed.connections().isEmpty()) {
                    used = System.nanoTime();
                    check();
                } else if (System.nanoTime() - used > REST) {
                    feed.rest();
                }
            } catch (InterruptedException _) {
                return;
            } catch (RuntimeException e) {
                LOG.warn("Connections could not be checked: {}", e.toString());
            }
            LockSupport.parkNanos(this, properties.check().toNanos());
        }
    }

    private void check() throws InterruptedException {
        List<Callable<Boolean>> checks = new ArrayList<>();
        feed.connections().forEach(connection -> checks.add(() -> {
            try {
                return connection.check();
            } catch (RuntimeException e) {
                // Who cannot be asked about cannot be told anything either: what is told is asked for in the same database.
                LOG.debug("A connection could not be checked", e);
                return true;
            }
        }));
        threads.invokeAll(checks);
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        threads.shutdownNow();
    }
}
