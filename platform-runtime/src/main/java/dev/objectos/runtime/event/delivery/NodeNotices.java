package dev.objectos.runtime.event.delivery;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells other nodes that there is more than this one takes, and is told by them. Nobody relies on it: what it misses is found
 * by polling.
 */
final class NodeNotices implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(NodeNotices.class);

    private static final String CHANNEL = "objectos_events";

    /** A notice takes a lock of the whole cluster while it commits, so it is sent rarely and never by a write. */
    static final long BETWEEN_NOTICES_MILLIS = 50;

    private static final long BETWEEN_NOTICES = TimeUnit.MILLISECONDS.toNanos(BETWEEN_NOTICES_MILLIS);

    private static final Duration BETWEEN_CHECKS = Duration.ofSeconds(20);
    private static final Duration BETWEEN_CONNECTIONS = Duration.ofSeconds(2);

    private final String node = UUID.randomUUID().toString();
    private final EventDatabase database;
    private final DataSource direct;
    private final WakeUp dispatcher;
    private final Thread thread = Thread.ofPlatform().daemon().name("objectos-events-listen").unstarted(this);
    private volatile boolean closed;
    private volatile @Nullable Connection listening;
    private long sent = System.nanoTime() - BETWEEN_NOTICES;

    /** @param direct connections past any pool */
    NodeNotices(EventDatabase database, DataSource direct, WakeUp dispatcher) {
        this.database = database;
        this.direct = direct;
        this.dispatcher = dispatcher;
    }

    void listen() {
        thread.start();
    }

    /** Tells the others, unless that was done just now; then it has to be asked for again. @return whether it was done */
    boolean send() {
        long now = System.nanoTime();
        if (now - sent < BETWEEN_NOTICES) {
            return false;
        }
        sent = now;
        database.sql().execute("SELECT pg_notify({0}, {1})", DSL.val(CHANNEL), DSL.val(node));
        return true;
    }

    @Override
    public void run() {
        while (!closed) {
            try (Connection connection = direct.getConnection(); var statement = connection.createStatement()) {
                listening = connection;
                statement.execute("LISTEN " + CHANNEL);
                // What was said while nobody listened.
                dispatcher.signal();
                while (!closed) {
                    receive(connection.unwrap(PGConnection.class));
                    // A connection that is gone without a word is only found out by using it.
                    statement.execute("SELECT 1");
                }
            } catch (SQLException e) {
                if (!closed) {
                    LOG.debug("No notices from other nodes for the moment; polling goes on", e);
                    LockSupport.parkNanos(this, BETWEEN_CONNECTIONS.toNanos());
                }
            }
        }
    }

    private void receive(PGConnection connection) throws SQLException {
        PGNotification[] notices = connection.getNotifications((int) BETWEEN_CHECKS.toMillis());
        if (notices != null) {
            for (PGNotification notice : notices) {
                if (!node.equals(notice.getParameter())) {
                    dispatcher.signal();
                }
            }
        }
    }

    void close() {
        closed = true;
        Connection connection = listening;
        if (connection != null) {
            try {
                // Unlike close, does not wait for the thread that reads from it.
                connection.abort(Runnable::run);
            } catch (SQLException e) {
                LOG.debug("The connection for notices was gone already", e);
            }
        }
        LockSupport.unpark(thread);
    }
}
