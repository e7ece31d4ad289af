package dev.objectos.runtime.schema;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.database.Databases;
import dev.objectos.runtime.metadata.Catalog;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the business tables to what a catalog needs, before the catalog is used. One node publishes at a time. A
 * publication that was interrupted is carried on by the next one: what is left is found from the ledger.
 */
public final class SchemaPublisher {

    private static final Logger LOG = LoggerFactory.getLogger(SchemaPublisher.class);

    private static final long LOCK = 0x6f626a6563745053L;

    private static final Duration BETWEEN_ATTEMPTS = Duration.ofMillis(100);

    private final Databases databases;

    public SchemaPublisher(Databases databases) {
        this.databases = databases;
    }

    /** What publishing the catalog would do, and lose; changes nothing. */
    public SchemaPlan plan(Catalog next, PublishOptions options) {
        try {
            return difference(next, options);
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    /**
     * Makes the tables fit for the catalog; returns once every step is done.
     *
     * @return what was done
     * @throws PlatformException with {@code DESTRUCTIVE_CHANGE} and a member {@code losses} where data would be lost
     */
    public SchemaPlan publish(Catalog next, PublishOptions options) {
        return publish(next, options, PublicationListener.NONE);
    }

    /** The same, with somebody to hear of it before the first step. */
    public SchemaPlan publish(Catalog next, PublishOptions options, PublicationListener listener) {
        try (Connection lock = databases.owner().getConnection()) {
            acquire(lock);
            try {
                return publishAlone(next, options, listener);
            } finally {
                release(lock);
            }
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    /** How many records, of all tenants, the tables of some objects hold, retired or not; those without a table hold none. */
    public Map<String, Long> records(Collection<String> objects) {
        var records = new LinkedHashMap<String, Long>();
        try (Connection connection = databases.owner().getConnection()) {
            connection.setAutoCommit(false);
            var rows = new StoredRows(DSL.using(connection, SQLDialect.POSTGRES));
            Map<String, PublishedTable> tables = SchemaLedger.read(connection);
            for (String object : objects) {
                PublishedTable table = tables.get(object);
                records.put(object, table == null ? 0L : rows.count(table.name(), "true"));
            }
            connection.rollback();
        } catch (SQLException e) {
            throw failure(e);
        }
        return records;
    }

    /** Drops the tables of objects that have left the catalog, with every record; those in use are left alone. */
    public void dropRetired(Catalog current, Collection<String> objects) {
        drop(current, objects.stream().map(object -> new Removal(object, "")).toList());
    }

    /** Drops what has left the catalog, with every value; what is in use is left alone. */
    public void drop(Catalog current, Collection<Removal> removals) {
        try (Connection lock = databases.owner().getConnection()) {
            acquire(lock);
            try {
                var steps = new ArrayList<SchemaStep>();
                Map<String, PublishedTable> tables = SchemaLedger.read(lock);
                for (Removal removal : removals) {
                    PublishedTable table = tables.get(removal.object());
                    if (table == null) {
                        continue;
                    }
                    PublishedTable.Column column = table.columns().get(removal.column());
                    if (removal.isTable() && table.retired()) {
                        steps.add(new SchemaStep.DropTable(table.object(), table.name()));
                    } else if (column != null && column.retired()) {
                        steps.add(new SchemaStep.DropColumn(table.object(), table.name(), column.name(),
                                column.field()));
                    }
                }
                execute(current, new SchemaPlan(steps, List.of()), PublicationListener.NONE);
            } finally {
                release(lock);
            }
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    private SchemaPlan publishAlone(Catalog next, PublishOptions options, PublicationListener listener)
            throws SQLException {
        SchemaPlan plan = difference(next, options);
        refuseLosses(plan, options);
        return execute(next, plan, listener);
    }

    private SchemaPlan execute(Catalog next, SchemaPlan plan, PublicationListener listener) throws SQLException {
        Optional<PublicationLog> opened = begin(next, plan, listener);
        if (opened.isEmpty()) {
            return plan;
        }
        PublicationLog log = opened.get();
        try {
            new PlanExecution(databases.owner(), databases.roles(), log).run(plan.steps());
        } catch (SQLException | PlatformException e) {
            try (Connection connection = databases.owner().getConnection()) {
                log.failed(connection, String.valueOf(e.getMessage()));
            }
            throw e;
        }
        try (Connection connection = databases.owner().getConnection()) {
            log.finished(connection);
        }
        LOG.info("Published {} steps", plan.steps().size());
        return plan;
    }

    /** Empty where there is no step to keep a log of. */
    private Optional<PublicationLog> begin(Catalog next, SchemaPlan plan, PublicationListener listener)
            throws SQLException {
        try (Connection connection = databases.owner().getConnection()) {
            connection.setAutoCommit(false);
            listener.begins(connection, next, plan);
            Optional<PublicationLog> log = plan.isEmpty()
                    ? Optional.empty()
                    : Optional.of(PublicationLog.begin(connection, next.version(), plan.steps()));
            connection.commit();
            return log;
        }
    }

    private SchemaPlan difference(Catalog next, PublishOptions options) throws SQLException {
        SchemaModel needed = SchemaModel.of(next);
        try (Connection connection = databases.owner().getConnection()) {
            connection.setAutoCommit(false);
            var rows = new StoredRows(DSL.using(connection, SQLDialect.POSTGRES));
            SchemaPlan plan = new SchemaDifference(SchemaLedger.read(connection), needed, options, rows,
                    new IndexDdl(extensions(connection))).plan();
            connection.rollback();
            return plan;
        }
    }

    private static Map<String, String> extensions(Connection connection) throws SQLException {
        var extensions = new HashMap<String, String>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(
                        "SELECT extname, nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace")) {
            while (rows.next()) {
                extensions.put(rows.getString(1), rows.getString(2));
            }
        }
        return extensions;
    }

    private static void refuseLosses(SchemaPlan plan, PublishOptions options) {
        List<Loss> refused = plan.losses().stream().filter(loss -> !options.force() || !loss.forceable()).toList();
        if (!refused.isEmpty()) {
            throw Loss.refusal(refused);
        }
    }

    /** Asks again and again: a waiting statement would hold back the indexes that the other node is building. */
    private static void acquire(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement("SELECT pg_try_advisory_lock(?)")) {
            statement.setLong(1, LOCK);
            while (true) {
                try (var row = statement.executeQuery()) {
                    row.next();
                    if (row.getBoolean(1)) {
                        return;
                    }
                }
                Thread.sleep(BETWEEN_ATTEMPTS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while another node publishes", e);
        }
    }

    private static void release(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement("SELECT pg_advisory_unlock(?)")) {
            statement.setLong(1, LOCK);
            statement.execute();
        }
    }

    private static PlatformException failure(SQLException e) {
        return new PlatformException(RuntimeError.INTERNAL, "The tables could not be changed.", e);
    }
}
