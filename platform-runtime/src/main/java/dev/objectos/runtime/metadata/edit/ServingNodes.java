package dev.objectos.runtime.metadata.edit;

import dev.objectos.runtime.schema.Removal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which decision each node serves by now, so that what was given up goes only once nobody works with it: all nodes that live have
 * gone on, and what was under way then has ended. All times are the database's, for the clocks of nodes differ.
 */
final class ServingNodes {

    private static final Logger LOG = LoggerFactory.getLogger(ServingNodes.class);

    /** How often a node says that it lives, where nothing else is to be said. */
    private static final Duration SAYING = Duration.ofSeconds(5);

    /** One that has said nothing for so long does not live. */
    static final Duration ALIVE = Duration.ofSeconds(20);

    /** Longer than what a request does between looking at the metadata and locking what it reads. */
    static final Duration UNDER_WAY = Duration.ofSeconds(5);

    /** After which what was given up goes even where a node lives that has not gone on: it cannot publish what serves. */
    private static final Duration AT_THE_LATEST = Duration.ofMinutes(10);

    private static final long NOTHING = -1;
    private static final String NOTE = """
            INSERT INTO platform.metadata_node AS noted (node, seq, since, seen_at) VALUES (?, ?, now(), now())
            ON CONFLICT (node) DO UPDATE SET seq = excluded.seq, seen_at = excluded.seen_at,
                since = CASE WHEN noted.seq = excluded.seq THEN noted.since ELSE excluded.since END""";
    private static final String REMOVE = """
            INSERT INTO platform.schema_removal (object, column_name, due_at, seq)
            VALUES (?, ?, now() + ? * interval '1 millisecond', ?)
            ON CONFLICT (object, column_name) DO UPDATE SET due_at = excluded.due_at, seq = excluded.seq""";
    private static final String DUE = """
            SELECT object, column_name, seq, acknowledged FROM (
                SELECT removal.*, NOT EXISTS (SELECT FROM platform.metadata_node node
                    WHERE node.seen_at > now() - ? * interval '1 millisecond'
                      AND (node.seq < removal.seq OR node.since > now() - ? * interval '1 millisecond')) AS acknowledged
                FROM platform.schema_removal removal) removal
            WHERE acknowledged OR due_at <= now()""";
    private static final String DONE = """
            DELETE FROM platform.schema_removal WHERE object = ? AND column_name = ? AND seq = ?""";

    private final VersionStore store;
    private final UUID node;
    private final Duration underWay;
    private long noted = NOTHING;
    private long notedAt;

    /** @param underWay how long what has begun by a decision may go on by it */
    ServingNodes(VersionStore store, UUID node, Duration underWay) {
        this.store = store;
        this.node = node;
        this.underWay = underWay;
    }

    /** @param seq which that decision has */
    private record Due(Removal removal, long seq, boolean acknowledged) {}

    /** This node serves that decision. */
    synchronized void note(long seq) {
        long now = System.nanoTime();
        if (seq == noted && now - notedAt < SAYING.toNanos()) {
            return;
        }
        store.inTransaction(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(NOTE)) {
                statement.setObject(1, node);
                statement.setLong(2, seq);
                return statement.executeUpdate();
            }
        });
        noted = seq;
        notedAt = now;
    }

    /** This node serves no more. */
    synchronized void leave() {
        noted = NOTHING;
        store.inTransaction(connection -> {
            try (PreparedStatement statement = connection.prepareStatement("""
                    DELETE FROM platform.metadata_node WHERE node = ? OR seen_at < now() - interval '1 hour'""")) {
                statement.setObject(1, node);
                return statement.executeUpdate();
            }
        });
    }

    /** Has something go for good once all nodes serve that decision. */
    static void remove(Connection connection, List<Removal> removals, long seq) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(REMOVE)) {
            for (Removal removal : removals) {
                statement.setString(1, removal.object());
                statement.setString(2, removal.column());
                statement.setLong(3, AT_THE_LATEST.toMillis());
                statement.setLong(4, seq);
                statement.executeUpdate();
            }
        }
    }

    /** Does away with what is to go by now. */
    void removeDue(Removing removing) {
        List<Due> due = due();
        if (due.isEmpty()) {
            return;
        }
        due.stream().filter(removal -> !removal.acknowledged()).forEach(removal -> LOG.warn(
                "{} goes although a node has not gone on without it for {}; that node cannot publish what serves",
                removal.removal(), AT_THE_LATEST));
        removing.remove(due.stream().map(Due::removal).toList());
        store.inTransaction(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(DONE)) {
                for (Due done : due) {
                    statement.setString(1, done.removal().object());
                    statement.setString(2, done.removal().column());
                    // Not one that was decided anew meanwhile.
                    statement.setLong(3, done.seq());
                    statement.executeUpdate();
                }
                return due.size();
            }
        });
    }

    private List<Due> due() {
        return store.inTransaction(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(DUE)) {
                statement.setLong(1, ALIVE.toMillis());
                statement.setLong(2, underWay.toMillis());
                var found = new ArrayList<Due>();
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        found.add(new Due(new Removal(rows.getString(1), rows.getString(2)), rows.getLong(3),
                                rows.getBoolean(4)));
                    }
                }
                return found;
            }
        });
    }

    /** How things go. */
    interface Removing {

        void remove(List<Removal> removals);
    }
}
