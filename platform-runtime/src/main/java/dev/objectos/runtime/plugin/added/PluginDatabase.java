package dev.objectos.runtime.plugin.added;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.database.NodeLock;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import javax.sql.DataSource;

/** How the tables of plugins are read and written, and how one node at a time decides about plugins. */
public final class PluginDatabase {

    private static final long LOCK = 0x6f626a65706c7567L;

    private final DataSource worker;
    private final DataSource direct;
    private final NodeLock lock;

    /**
     * @param worker connections of the role that may see the platform's tables
     * @param direct likewise, past any pool
     */
    public PluginDatabase(DataSource worker, DataSource direct) {
        this.worker = worker;
        this.direct = direct;
        this.lock = new NodeLock(direct, LOCK, "plugins");
    }

    /** What is done with a statement. */
    interface Work<T> {

        T run(PreparedStatement statement) throws SQLException;
    }

    /** What is read from a row. */
    interface Reading<T> {

        T read(ResultSet row) throws SQLException;
    }

    <T> T with(String sql, Work<T> work) {
        try (Connection connection = worker.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            return work.run(statement);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    <T> List<T> list(String sql, Reading<T> reading) {
        return with(sql, statement -> {
            try (ResultSet rows = statement.executeQuery()) {
                var found = new ArrayList<T>();
                while (rows.next()) {
                    found.add(reading.read(rows));
                }
                return found;
            }
        });
    }

    /** The number that a statement answers. */
    static long number(PreparedStatement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery()) {
            return rows.next() ? rows.getLong(1) : 0;
        }
    }

    DataSource direct() {
        return direct;
    }

    /** Tells whoever listens, on other nodes too. */
    void tell(String channel, String payload) {
        with("SELECT pg_notify(?, ?)", statement -> {
            statement.setString(1, channel);
            statement.setString(2, payload);
            return statement.execute();
        });
    }

    /** Does something while no other node does such a thing; may be called again from within. */
    <T> T exclusively(Supplier<T> work) {
        return lock.alone(work);
    }

    private static PlatformException failed(SQLException cause) {
        return new PlatformException(RuntimeError.INTERNAL, "The list of plugins could not be read or written", cause);
    }
}
