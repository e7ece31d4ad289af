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
import java.util.function.Supplier;
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
            return difference(next, options).plan();
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
        return publish(next, options, PublicationListener.NONE).plan();
    }

    /** The same, with somebody to hear of it before the first step. */
    public Publication publish(Catalog next, PublishOptions options, PublicationListener listener) {
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

    /** The catalog, knowing in which columns its fields are, for whoever reads by it without publishing it. */
    public Catalog placed(Catalog catalog) {
        try (Connection connection = databases.owner().getConnection()) {
            return ColumnPlaces.placed(catalog, SchemaLedger.read(connection));
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    /** Columns that hold values of a field of the catalog with another type, and that requests by it do not need. */
    List<Removal> outgrown(Catalog catalog) {
        PhysicalSchema used = PhysicalSchema.of(catalog);
        var outgrown = new ArrayList<Removal>();
        // Not the owner's pool, which is to close its connections while nobody publishes.
        try (Connection connection = databases.worker().getConnection()) {
            SchemaLedger.siblings(connection).forEach((object, columns) -> columns.forEach(column -> {
                boolean inUse = columns.stream().filter(other -> other.identity().equals(column.identity()))
                        .anyMatch(other -> used.contains(new Removal(object, other.column())));
                var removal = new Removal(object, column.column());
                if (inUse && !used.contains(removal)) {
                    outgrown.add(removal);
                }
            }));
        } catch (SQLException e) {
            throw failure(e);
        }
        return outgrown;
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

    /** Deletes the records of objects that have left the catalog; their tables go when no node works with them. */
    public void discard(Catalog current, Collection<String> objects) {
        try (Connection lock = databases.owner().getConnection()) {
            acquire(lock);
            try {
                Map<String, PublishedTable> tables = SchemaLedger.read(lock);
                List<SchemaStep> steps = objects.stream().map(tables::get)
                        .filter(table -> table != null && table.retired())
                        .<SchemaStep>map(table -> new SchemaStep.EmptyTable(table.object(), table.name())).toList();
                execute(current, new SchemaPlan(steps, List.of()), PublicationListener.NONE);
            } finally {
                release(lock);
            }
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    /**
     * Drops what is to go, with every value; what is in use again is left alone.
     *
     * @param due asked once nobody publishes
     * @return what is dealt with; empty while somebody publishes
     */
    Optional<List<Removals.Pending>> drop(Catalog current, Supplier<List<Removals.Pending>> due) {
        try (Connection lock = databases.owner().getConnection()) {
            if (!tryAcquire(lock)) {
                return Optional.empty();
            }
            try {
                List<Removals.Pending> going = due.get();
                Map<String, PublishedTable> tables = SchemaLedger.read(lock);
                var steps = new ArrayList<SchemaStep>();
                for (Removals.Pending removal : going) {
                    PublishedTable table = tables.get(removal.removal().object());
                    if (table != null) {
                        steps.addAll(drop(table, removal.removal()));
                    }
                }
                execute(current, new SchemaPlan(steps, List.of()), PublicationListener.NONE);
                return Optional.of(going);
            } finally {
                release(lock);
            }
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    private static List<SchemaStep> drop(PublishedTable table, Removal removal) {
        if (removal.isTable()) {
            if (!table.retired()) {
                return List.of();
            }
            var steps = new ArrayList<>(SchemaDifference.partings(table));
            steps.add(new SchemaStep.DropTable(table.object(), table.name()));
            return steps;
        }
        PublishedTable.Column column = table.columns().get(removal.column());
        boolean others = column != null && table.liveColumnsOf(column.identity()).stream()
                .anyMatch(other -> !other.equals(column));
        return column != null && (column.retired() || others) ? SchemaDifference.parting(table, column) : List.of();
    }

    private Publication publishAlone(Catalog next, PublishOptions options, PublicationListener listener)
            throws SQLException {
        Publication planned = difference(next, options);
        refuseLosses(planned.plan(), options);
        execute(planned.catalog(), planned.plan(), listener);
        retain(planned.catalog());
        return planned;
    }

    /** What was to go and is in use again stays. */
    private void retain(Catalog used) throws SQLException {
        PhysicalSchema physical = PhysicalSchema.of(used);
        try (Connection connection = databases.owner().getConnection()) {
            Removals.remain(connection, Removals.pending(connection).stream().map(Removals.Pending::removal)
                    .filter(physical::contains).toList());
        }
    }

    private void execute(Catalog next, SchemaPlan plan, PublicationListener listener) throws SQLException {
        Optional<PublicationLog> opened = begin(next, plan, listener);
        if (opened.isEmpty()) {
            return;
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

    private Publication difference(Catalog next, PublishOptions options) throws SQLException {
        try (Connection connection = databases.owner().getConnection()) {
            connection.setAutoCommit(false);
            Map<String, PublishedTable> published = SchemaLedger.read(connection);
            Catalog placed = ColumnPlaces.placed(next, published);
            var rows = new StoredRows(DSL.using(connection, SQLDialect.POSTGRES));
            SchemaPlan plan = new SchemaDifference(published, SchemaModel.of(placed), options, rows,
                    new IndexDdl(extensions(connection))).plan();
            connection.rollback();
            return new Publication(placed, plan);
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
        try {
            while (!tryAcquire(connection)) {
                Thread.sleep(BETWEEN_ATTEMPTS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while another node publishes", e);
        }
    }

    private static boolean tryAcquire(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement("SELECT pg_try_advisory_lock(?)")) {
            statement.setLong(1, LOCK);
            try (var row = statement.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
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
