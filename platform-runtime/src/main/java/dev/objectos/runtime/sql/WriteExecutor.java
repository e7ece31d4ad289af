package dev.objectos.runtime.sql;

import dev.objectos.runtime.session.Session;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends writes: single statements as they are, several as a transaction, both once more where the database asks for it. */
public final class WriteExecutor {

    private static final Logger LOG = LoggerFactory.getLogger(WriteExecutor.class);

    private static final int ATTEMPTS = 4;
    private static final long PAUSE_NANOS = 2_000_000;

    private final DataSource source;
    private final SqlTimers timers;

    /** @param source connections of the role that requests use */
    public WriteExecutor(DataSource source, MeterRegistry meters) {
        this.source = source;
        this.timers = new SqlTimers(meters);
    }

    /** Every statement by itself; the work must write with one statement at most. */
    public <T extends @Nullable Object> T single(Session session, boolean globalWrite, Work<T> work) {
        return attempt(session, () -> {
            try (Connection connection = source.getConnection()) {
                return work.run(new WriteConnection(connection, session, timers, globalWrite, false));
            }
        });
    }

    /** All statements together; nothing is written where the work throws. The work may be run again from its beginning. */
    public <T extends @Nullable Object> T transaction(Session session, boolean globalWrite, Work<T> work) {
        return attempt(session, () -> {
            try (Connection connection = source.getConnection()) {
                connection.setAutoCommit(false);
                try {
                    T result = work.run(new WriteConnection(connection, session, timers, globalWrite, true));
                    connection.commit();
                    return result;
                } catch (SQLException | RuntimeException | Error e) {
                    rollBack(connection, e);
                    throw e;
                } finally {
                    connection.setAutoCommit(true);
                }
            }
        });
    }

    private <T> T attempt(Session session, Attempt<T> attempt) {
        for (int count = 1;; count++) {
            SQLException failure;
            try {
                return attempt.run();
            } catch (SQLException e) {
                failure = e;
            } catch (UncheckedSqlException e) {
                failure = e.failure();
            }
            if (count == ATTEMPTS || !WriteFailures.mayBeTriedAgain(failure)) {
                throw WriteFailures.refusal(failure);
            }
            LOG.debug("tenant {}: once more after {}", session.tenant(), failure.getSQLState());
            LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(PAUSE_NANOS * count) + 1);
        }
    }

    private static void rollBack(Connection connection, Throwable reason) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            reason.addSuppressed(e);
        }
    }

    /** What is done with a connection. */
    public interface Work<T extends @Nullable Object> {

        /** Constraint violations are refused by who knows the object; other failures are left to the executor. */
        T run(WriteConnection connection) throws SQLException;
    }

    /** One try of the whole. */
    private interface Attempt<T> {

        T run() throws SQLException;
    }
}
