package dev.objectos.runtime.schema;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is to go for good once no node works with it, as rows that all nodes see. All times are the database's. */
public final class Removals {

    /** After which what an administrator gives up goes even where a node lives that has not gone on without it. */
    static final Duration AT_THE_LATEST = Duration.ofMinutes(10);

    static final String ADD = """
            INSERT INTO platform.schema_removal (object, column_name, due_at, seq)
            VALUES (?, ?, now() + ? * interval '1 millisecond', nextval('platform.schema_removal_seq'))
            ON CONFLICT (object, column_name) DO UPDATE SET due_at = excluded.due_at, seq = excluded.seq""";
    private static final String ADD_WITHOUT_LIMIT = """
            INSERT INTO platform.schema_removal (object, column_name, due_at, seq)
            VALUES (?, ?, 'infinity', nextval('platform.schema_removal_seq')) ON CONFLICT DO NOTHING""";
    private static final String PENDING = "SELECT object, column_name, seq, false FROM platform.schema_removal";
    private static final String DUE = """
            SELECT object, column_name, seq, acknowledged FROM (
                SELECT removal.*, NOT EXISTS (SELECT FROM platform.metadata_node node
                    WHERE node.seen_at > now() - ? * interval '1 millisecond'
                      AND (node.seq < removal.seq OR node.since > now() - ? * interval '1 millisecond'
                           OR removal.object || '.' || removal.column_name = ANY (node.uses))) AS acknowledged
                FROM platform.schema_removal removal) removal
            WHERE acknowledged OR due_at <= now()""";
    private static final String DONE = """
            DELETE FROM platform.schema_removal WHERE object = ? AND column_name = ? AND seq = ?""";
    private static final String REMAINS = "DELETE FROM platform.schema_removal WHERE object = ? AND column_name = ?";

    private Removals() {}

    /**
     * What is to go.
     *
     * @param seq grows with each that is decided
     * @param acknowledged whether no node that lives works with it
     */
    record Pending(Removal removal, long seq, boolean acknowledged) {

        /** As nodes call it that say what they use. */
        String key() {
            return removal.object() + "." + removal.column();
        }
    }

    /** Has something go that an administrator gives up, within ten minutes. */
    public static void add(Connection connection, Collection<Removal> removals) throws SQLException {
        for (Removal removal : removals) {
            update(connection, ADD, removal, AT_THE_LATEST.toMillis());
        }
    }

    /** Has something go whose place another column has taken, however long a node works with it. */
    static void addWithoutLimit(Connection connection, Collection<Removal> removals) throws SQLException {
        for (Removal removal : removals) {
            update(connection, ADD_WITHOUT_LIMIT, removal, null);
        }
    }

    static List<Pending> pending(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(PENDING)) {
            return list(statement);
        }
    }

    /**
     * What goes now.
     *
     * @param alive one that has said nothing for so long does not live
     * @param underWay how long what was begun with something may go on with it
     */
    static List<Pending> due(Connection connection, Duration alive, Duration underWay) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(DUE)) {
            statement.setLong(1, alive.toMillis());
            statement.setLong(2, underWay.toMillis());
            return list(statement);
        }
    }

    /** Forgets what has gone, but not what was decided anew meanwhile. */
    static void done(Connection connection, Collection<Pending> gone) throws SQLException {
        for (Pending removal : gone) {
            update(connection, DONE, removal.removal(), removal.seq());
        }
    }

    /** Forgets what is in use again. */
    static void remain(Connection connection, Collection<Removal> removals) throws SQLException {
        for (Removal removal : removals) {
            update(connection, REMAINS, removal, null);
        }
    }

    private static void update(Connection connection, String sql, Removal removal, @Nullable Long number)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, removal.object());
            statement.setString(2, removal.column());
            if (number != null) {
                statement.setLong(3, number);
            }
            statement.executeUpdate();
        }
    }

    private static List<Pending> list(PreparedStatement statement) throws SQLException {
        var found = new ArrayList<Pending>();
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                found.add(new Pending(new Removal(rows.getString(1), rows.getString(2)), rows.getLong(3),
                        rows.getBoolean(4)));
            }
        }
        return found;
    }
}
