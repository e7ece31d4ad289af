package dev.objectos.runtime.schema;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.metadata.Catalog;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * With which columns and tables each node works of those that are to go, so that they go only once nobody does: all nodes that
 * live have gone on without them, and what was under way then has ended. All times are the database's, for the clocks of nodes
 * differ.
 */
public final class ServingNodes {

    /** Longer than what a request does between looking at the metadata and locking what it reads. */
    public static final Duration UNDER_WAY = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(ServingNodes.class);

    /** How often a node says that it lives, where nothing else is to be said. */
    private static final Duration SAYING = Duration.ofSeconds(5);

    /** One that has said nothing for so long does not live. */
    private static final Duration ALIVE = Duration.ofSeconds(20);

    private static final String NOTE = """
            INSERT INTO platform.metadata_node AS noted (node, seq, since, seen_at, uses) VALUES (?, ?, now(), now(), ?)
            ON CONFLICT (node) DO UPDATE SET seq = excluded.seq, seen_at = excluded.seen_at, uses = excluded.uses,
                since = CASE WHEN noted.seq = excluded.seq AND noted.uses = excluded.uses
                             THEN noted.since ELSE excluded.since END""";
    private static final String LIVES = "UPDATE platform.metadata_node SET seen_at = now() WHERE node = ?";
    private static final String LEAVES = """
            DELETE FROM platform.metadata_node WHERE node = ? OR seen_at < now() - interval '1 hour'""";

    private final DataSource worker;
    private final SchemaPublisher schema;
    private final UUID node;
    private final Duration underWay;
    private @Nullable Looked said;
    private long saidAt;

    /**
     * @param worker connections of the role that may see the platform's tables
     * @param underWay how long what has begun with something may go on with it
     */
    public ServingNodes(DataSource worker, SchemaPublisher schema, UUID node, Duration underWay) {
        this.worker = worker;
        this.schema = schema;
        this.node = node;
        this.underWay = underWay;
    }

    /**
     * What a node has looked at.
     *
     * @param seq the last removal that it has seen
     * @param uses what it works with of all that are to go
     */
    private record Looked(long seq, List<String> uses) {}

    /** This node is about to serve, and has looked at nothing yet. */
    public synchronized void arrive() {
        say(new Looked(0, List.of()));
    }

    /**
     * Says what this node works with, and does away with what is to go by now.
     *
     * @param serving what serves on this node; empty while that is about to change
     */
    public synchronized void tidy(Optional<Catalog> serving) {
        if (serving.isEmpty()) {
            repeat();
            return;
        }
        Catalog catalog = serving.get();
        List<Removal> outgrown = schema.outgrown(catalog);
        List<Removals.Pending> pending = inTransaction(connection -> {
            Removals.addWithoutLimit(connection, outgrown);
            return Removals.pending(connection);
        });
        Looked looked = look(pending, catalog);
        if (looked.equals(said)) {
            repeat();
        } else {
            say(looked);
        }
        if (!pending.isEmpty() && !due().isEmpty()) {
            schema.drop(catalog, this::due).ifPresent(gone -> inTransaction(connection -> {
                Removals.done(connection, gone);
                return gone;
            }));
        }
    }

    private static Looked look(List<Removals.Pending> pending, Catalog catalog) {
        PhysicalSchema used = PhysicalSchema.of(catalog);
        return new Looked(pending.stream().mapToLong(Removals.Pending::seq).max().orElse(0),
                pending.stream().filter(removal -> used.contains(removal.removal())).map(Removals.Pending::key).sorted()
                        .toList());
    }

    private List<Removals.Pending> due() {
        List<Removals.Pending> due = inTransaction(connection -> Removals.due(connection, ALIVE, underWay));
        due.stream().filter(removal -> !removal.acknowledged()).forEach(removal -> LOG.warn(
                "{} goes although a node has not gone on without it for {}; that node cannot publish what serves",
                removal.removal(), Removals.AT_THE_LATEST));
        return due;
    }

    private void say(Looked looked) {
        inTransaction(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(NOTE)) {
                statement.setObject(1, node);
                statement.setLong(2, looked.seq());
                statement.setArray(3, connection.createArrayOf("text", looked.uses().toArray()));
                return statement.executeUpdate();
            }
        });
        said = looked;
        saidAt = System.nanoTime();
    }

    /** What was said holds. */
    private void repeat() {
        if (System.nanoTime() - saidAt >= SAYING.toNanos()) {
            update(LIVES);
            saidAt = System.nanoTime();
        }
    }

    /** This node serves no more, and others need not wait for it. */
    public synchronized void leave() {
        said = null;
        update(LEAVES);
    }

    private void update(String sql) {
        inTransaction(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setObject(1, node);
                return statement.executeUpdate();
            }
        });
    }

    private <T> T inTransaction(Work<T> work) {
        try (Connection connection = worker.getConnection()) {
            connection.setAutoCommit(false);
            T result = work.run(connection);
            connection.commit();
            return result;
        } catch (SQLException e) {
            throw new PlatformException(RuntimeError.INTERNAL, "What is to go for good could not be looked at", e);
        }
    }

    @FunctionalInterface
    private interface Work<T> {

        T run(Connection connection) throws SQLException;
    }
}
