package dev.objectos.runtime.sql;

import dev.objectos.runtime.query.JsonDocument;
import dev.objectos.runtime.query.RecordDocument;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.RecordSink;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends reads to PostgreSQL: tenant and statement in one call, outside of any transaction of ours.
 */
public final class QueryExecutor {

    private static final Logger LOG = LoggerFactory.getLogger(QueryExecutor.class);

    /** A prepared statement outlived a change of what it returns. */
    private static final String FEATURE_NOT_SUPPORTED = "0A000";

    /** For the first rows of a stream, before which there may be any number to be sorted, and for each further part. */
    private static final String STREAM_TIMEOUT = "10min";

    private final DataSource app;
    private final SqlTimers timers;
    private final Turnstile turnstile;

    /** One that sends every read at once. */
    public QueryExecutor(DataSource app, MeterRegistry meters) {
        this(app, meters, Turnstile.open());
    }

    /**
     * @param app the pool of the role that serves requests
     * @param turnstile where reads wait for their turn; streams, which take long, do not
     */
    public QueryExecutor(DataSource app, MeterRegistry meters, Turnstile turnstile) {
        this.app = app;
        this.turnstile = turnstile;
        this.timers = new SqlTimers(meters);
    }

    /** A page of records or groups, or a composed answer; one that is too large is refused. */
    public JsonDocument document(BoundQuery query, Session session) {
        JsonDocument document = run(query, session, rows -> query.prepared().layout().write(rows));
        return document == null ? document(query.forLargeValues(), session) : document;
    }

    /**
     * Every row, one after another, within a transaction that writes nothing: only there does the database hand rows over in
     * parts. An error after the first row leaves the sink with what it has been given.
     */
    public void stream(BoundQuery query, Session session, RecordSink sink) throws IOException {
        LOG.debug("{}", query.prepared().sql());
        long start = System.nanoTime();
        try (Connection connection = app.getConnection()) {
            connection.setReadOnly(true);
            connection.setAutoCommit(false);
            try {
                beginStream(connection, session);
                try (PreparedStatement statement = connection.prepareStatement(query.prepared().sql())) {
                    StatementMeter.limit(statement);
                    statement.setFetchSize(StreamReader.FIRST_ROWS);
                    query.set(statement, 1);
                    try (ResultSet rows = statement.executeQuery()) {
                        new StreamReader(query.prepared().stream(), rows).readTo(sink);
                    }
                }
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
                connection.setReadOnly(false);
            }
        } catch (SQLException e) {
            throw ReadRefusals.of(e, query.prepared().object());
        } finally {
            timers.read(query.prepared(), System.nanoTime() - start);
        }
    }

    private static void beginStream(Connection connection, Session session) throws SQLException {
        try (PreparedStatement settings = connection.prepareStatement(
                "SELECT set_config('app.tenant', ?, true), set_config('statement_timeout', ?, true)")) {
            settings.setString(1, session.tenant().toString());
            settings.setString(2, STREAM_TIMEOUT);
            settings.execute();
        }
    }

    /** The record, where there is one. */
    public Optional<RecordDocument> record(BoundQuery query, UUID id, Session session) {
        return run(query, session, rows -> rows.next() ? Optional.of(document(query, id, rows)) : Optional.empty());
    }

    /** The same inside a transaction under way, whose tenant is already set. */
    public Optional<RecordDocument> record(BoundQuery query, UUID id, Connection transaction) throws SQLException {
        LOG.debug("{}", query.prepared().sql());
        try (PreparedStatement statement = transaction.prepareStatement(query.prepared().sql())) {
            query.set(statement, 1);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? Optional.of(document(query, id, rows)) : Optional.empty();
            }
        }
    }

    /** Of the records that a {@link dev.objectos.runtime.plan.ReadPlan.Answer.Marked} finds those for which its condition holds. */
    public Set<UUID> marked(BoundQuery query, Session session) {
        return run(query, session, rows -> {
            var marked = new HashSet<UUID>();
            while (rows.next()) {
                if (rows.getBoolean(2)) {
                    marked.add(rows.getObject(1, UUID.class));
                }
            }
            return marked;
        });
    }

    /** The number of a {@link dev.objectos.runtime.plan.ReadPlan.Answer.Count}. */
    public long count(BoundQuery query, Session session) {
        return run(query, session, rows -> rows.next() ? rows.getLong(1) : 0L);
    }

    private static RecordDocument document(BoundQuery query, UUID id, ResultSet rows) throws SQLException {
        byte[] json = rows.getBytes(2);
        if (json == null) {
            throw ReadRefusals.tooLarge().about(query.prepared().object());
        }
        return new RecordDocument(query.prepared().object(), id, rows.getLong(1), new JsonDocument(json));
    }

    private <T extends @Nullable Object> T run(BoundQuery query, Session session, RowReader<T> reader) {
        LOG.debug("{}", query.prepared().sql());
        long start = System.nanoTime();
        try {
            return send(query, session, reader);
        } catch (SQLException first) {
            if (!FEATURE_NOT_SUPPORTED.equals(first.getSQLState())) {
                throw ReadRefusals.of(first, query.prepared().object());
            }
            return again(query, session, reader, first);
        } finally {
            timers.read(query.prepared(), System.nanoTime() - start);
        }
    }

    private <T extends @Nullable Object> T again(BoundQuery query, Session session, RowReader<T> reader,
            SQLException first) {
        try {
            return send(query, session, reader);
        } catch (SQLException second) {
            second.addSuppressed(first);
            throw ReadRefusals.of(second, query.prepared().object());
        }
    }

    private <T extends @Nullable Object> T send(BoundQuery query, Session session, RowReader<T> reader)
            throws SQLException {
        try (Turnstile.Turn _ = turnstile.take(); Connection connection = app.getConnection()) {
            PlanModeChoice choice = query.prepared().planMode();
            long start = System.nanoTime();
            PlanMode mode = choice.next(start);
            try (PreparedStatement statement = connection.prepareStatement(query.prepared().withTenant(mode))) {
                StatementMeter.limit(statement);
                statement.setString(1, session.tenant().toString());
                query.set(statement, 2);
                statement.execute();
                statement.getMoreResults();
                try (ResultSet rows = statement.getResultSet()) {
                    return reader.read(rows);
                }
            } finally {
                long end = System.nanoTime();
                choice.took(mode, end - start, end);
            }
        }
    }

    @FunctionalInterface
    private interface RowReader<T extends @Nullable Object> {

        T read(ResultSet rows) throws SQLException;
    }
}
