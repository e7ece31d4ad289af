package dev.objectos.runtime.database;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Lets one thread of one node at a time do something; may be taken again from within. */
public final class NodeLock {

    /** As long as something slow may take on another node. */
    private static final String PATIENCE = "SET lock_timeout = '120s'";

    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private final DataSource direct;
    private final long key;
    private final String subject;
    private final ReentrantLock here = new ReentrantLock();

    /**
     * @param direct connections past any pool
     * @param key the same on all nodes
     * @param subject what is changed meanwhile, for messages
     */
    public NodeLock(DataSource direct, long key, String subject) {
        this.direct = direct;
        this.key = key;
        this.subject = subject;
    }

    /** @throws PlatformException {@code UNAVAILABLE} where another node takes too long */
    public <T extends @Nullable Object> T alone(Supplier<T> work) {
        if (here.isHeldByCurrentThread()) {
            return work.get();
        }
        here.lock();
        try (Connection connection = direct.getConnection(); Statement statement = connection.createStatement()) {
            statement.execute(PATIENCE);
            // Ends with the connection, should this node die meanwhile.
            statement.execute("SELECT pg_advisory_lock(" + key + ")");
            try {
                return work.get();
            } finally {
                statement.execute("SELECT pg_advisory_unlock(" + key + ")");
            }
        } catch (SQLException e) {
            throw LOCK_NOT_AVAILABLE.equals(e.getSQLState())
                    ? new PlatformException(RuntimeError.UNAVAILABLE,
                            "Another node is changing " + subject + " at the moment; try again in a while", e)
                    : new PlatformException(RuntimeError.INTERNAL, "The database could not be asked", e);
        } finally {
            here.unlock();
        }
    }
}
