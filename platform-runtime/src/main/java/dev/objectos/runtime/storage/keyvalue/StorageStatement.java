package dev.objectos.runtime.storage.keyvalue;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A statement whose parameters are given one after another. */
final class StorageStatement implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StorageStatement.class);

    private final PreparedStatement statement;
    private int next = 1;

    StorageStatement(Connection connection, String sql) throws SQLException {
        LOG.debug("{}", sql);
        statement = connection.prepareStatement(sql);
    }

    StorageStatement with(@Nullable Object... values) throws SQLException {
        for (Object value : values) {
            statement.setObject(next++, value instanceof Instant instant ? instant.atOffset(ZoneOffset.UTC) : value);
        }
        return this;
    }

    StorageStatement withTexts(List<String> texts) throws SQLException {
        statement.setArray(next++, statement.getConnection().createArrayOf("text", texts.toArray()));
        return this;
    }

    /** The rows of the last of several statements that are sent together. */
    <T> List<T> rows(RowReader<T> reader) throws SQLException {
        var rows = new ArrayList<T>();
        boolean answered = statement.execute();
        ResultSet last = null;
        while (answered || statement.getUpdateCount() != -1) {
            last = answered ? statement.getResultSet() : null;
            answered = statement.getMoreResults(java.sql.Statement.KEEP_CURRENT_RESULT);
        }
        while (last != null && last.next()) {
            rows.add(reader.read(last));
        }
        return rows;
    }

    @Override
    public void close() throws SQLException {
        statement.close();
    }

    /** Makes a value of a row. */
    interface RowReader<T> {

        T read(ResultSet row) throws SQLException;
    }
}
