package dev.objectos.runtime.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listens to a channel of PostgreSQL over a connection of its own, and makes a new one where that breaks. */
public final class NoticeListener implements Runnable, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(NoticeListener.class);

    private static final Duration BETWEEN_CHECKS = Duration.ofSeconds(20);
    private static final Duration BETWEEN_CONNECTIONS = Duration.ofSeconds(2);

    private final DataSource direct;
    private final String channel;
    private final Hearer hearer;
    private final Thread thread;
    private volatile boolean closed;
    private volatile @Nullable Connection listening;

    /** Hears of notices, one after another. */
    public interface Hearer {

        /** Notices come from now on; those of before, or since {@link #lost}, were missed. */
        void listening();

        /** A notice. */
        void notice(String payload);

        /** No notices come until {@link #listening}. */
        default void lost() {}
    }

    /**
     * @param direct connections past any pool
     * @param channel a constant of the caller's, which needs no quotes
     * @param thread name of the thread that listens and calls the hearer
     */
    public NoticeListener(DataSource direct, String channel, String thread, Hearer hearer) {
        this.direct = direct;
        this.channel = channel;
        this.hearer = hearer;
        this.thread = Thread.ofPlatform().daemon().name(thread).unstarted(this);
    }

    public void listen() {
        thread.start();
    }

    @Override
    public void run() {
        while (!closed) {
            boolean heard = false;
            try (Connection connection = direct.getConnection(); var statement = connection.createStatement()) {
                listening = connection;
                statement.execute("LISTEN " + channel);
                heard = true;
                hearer.listening();
                while (!closed) {
                    receive(connection.unwrap(PGConnection.class));
                    // A connection that is gone without a word is only found out by using it.
                    statement.execute("SELECT 1");
                }
            } catch (SQLException e) {
                if (!closed) {
                    LOG.debug("No notices on {} for the moment", channel, e);
                    if (heard) {
                        hearer.lost();
                    }
                    LockSupport.parkNanos(this, BETWEEN_CONNECTIONS.toNanos());
                }
            }
        }
    }

    private void receive(PGConnection connection) throws SQLException {
        PGNotification[] notices = connection.getNotifications((int) BETWEEN_CHECKS.toMillis());
        if (notices != null) {
            for (PGNotification notice : notices) {
                hearer.notice(notice.getParameter());
            }
        }
    }

    @Override
    public void close() {
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
