package dev.objectos.runtime.sql;

import dev.objectos.runtime.query.JsonDocument;
import dev.objectos.runtime.session.Session;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection lent to one write. The tenant travels in the same call as a statement: with the first of a transaction, with
 * each outside of one.
 */
public final class WriteConnection {

    private static final Logger LOG = LoggerFactory.getLogger(WriteConnection.class);

    private final Connection connection;
    private final Session session;
    private final SqlTimers timers;
    private final boolean globalWrite;
    private final boolean transaction;
    private boolean tenantKnown;

    WriteConnection(Connection connection, Session session, SqlTimers timers, boolean globalWrite,
            boolean transaction) {
        this.connection = connection;
        this.session = session;
        this.timers = timers;
        this.globalWrite = globalWrite;
        this.transaction = transaction;
    }

    public Session session() {
        return session;
    }

    /** Whether all statements end together. */
    boolean inTransaction() {
        return transaction;
    }

    /** What is done is kept only if the work ends well; otherwise the transaction goes on as if it had not begun. */
    public <T extends @Nullable Object> T attempt(WriteExecutor.Work<T> work) throws SQLException {
        boolean known = tenantKnown;
        Savepoint before = connection.setSavepoint();
        try {
            T result = work.run(this);
            connection.releaseSavepoint(before);
            return result;
        } catch (SQLException | RuntimeException | Error e) {
            connection.rollback(before);
            // The setting was as local to what is undone as everything else.
            tenantKnown = known;
            throw e;
        }
    }

    /**
     * Writes something of the platform's own in the same transaction.
     *
     * @param sql with a {@code ?} for each text, cast where it stands
     * @return how many rows it has written
     */
    public int note(String sql, String... texts) throws SQLException {
        LOG.debug("{}", sql);
        long start = System.nanoTime();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < texts.length; i++) {
                statement.setString(i + 1, texts[i]);
            }
            return statement.executeUpdate();
        } finally {
            timers.write(System.nanoTime() - start);
        }
    }

    /**
     * The records that a {@link dev.objectos.runtime.plan.ReadPlan.Answer.Marked} finds, each with whether its condition
     * holds; what this write has done so far is seen.
     */
    public Map<UUID, Boolean> marked(BoundQuery query) throws SQLException {
        var marked = new LinkedHashMap<UUID, Boolean>();
        rows(statement(query), query::set,
                row -> marked.put(row.getObject(1, UUID.class), row.getBoolean(2)) == null);
        return marked;
    }

    /** The number of a {@link dev.objectos.runtime.plan.ReadPlan.Answer.Count}; what this write has done so far counts. */
    public long count(BoundQuery query) throws SQLException {
        return rows(statement(query), query::set, row -> row.getLong(1)).getFirst();
    }

    private static WriteStatement statement(BoundQuery query) {
        return new WriteStatement(query.prepared().sql(), List.of());
    }

    <T> List<T> rows(WriteStatement write, Binder binder, RowReader<T> reader) throws SQLException {
        boolean tell = !transaction || !tenantKnown;
        LOG.debug("{}", write.sql());
        long start = System.nanoTime();
        try (PreparedStatement statement = connection.prepareStatement(
                !tell ? write.sql() : globalWrite ? write.withTenantAndGlobal() : write.withTenant())) {
            StatementMeter.limit(statement);
            if (tell) {
                statement.setString(1, session.tenant().toString());
            }
            binder.bind(statement, tell ? 2 : 1);
            statement.execute();
            if (tell) {
                tenantKnown = true;
                statement.getMoreResults();
            }
            var rows = new ArrayList<T>();
            try (ResultSet result = statement.getResultSet()) {
                while (result != null && result.next()) {
                    rows.add(reader.read(result));
                }
            }
            return rows;
        } finally {
            timers.write(System.nanoTime() - start);
        }
    }

    List<WrittenRow> write(WriteStatement statement, WriteArguments arguments) throws SQLException {
        return rows(statement, (prepared, first) -> arguments.bind(prepared, first, statement.slots()),
                WriteConnection::written);
    }

    private static WrittenRow written(ResultSet row) throws SQLException {
        byte[] record = row.getBytes(6);
        return new WrittenRow(row.getObject(1, UUID.class), row.getObject(2, Long.class), row.getBoolean(3),
                row.getString(4), row.getObject(5, Long.class), record == null ? null : new JsonDocument(record));
    }

    /** Sets the parameters of a statement, beginning at an index. */
    interface Binder {

        void bind(PreparedStatement statement, int first) throws SQLException;
    }

    /** Makes a value of a row. */
    interface RowReader<T> {

        T read(ResultSet row) throws SQLException;
    }
}
