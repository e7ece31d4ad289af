package dev.objectos.runtime.schema;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.database.DatabaseRoles;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a plan as a row of short transactions. Each commits its entry in the ledger with its DDL, so that whoever comes
 * after an interruption finds in the ledger where to go on.
 */
final class PlanExecution {

    private static final Logger LOG = LoggerFactory.getLogger(PlanExecution.class);

    /** More would exhaust the lock table of a server with default settings. */
    private static final int TABLES_PER_TRANSACTION = 100;

    private static final int ROWS_PER_BACKFILL = 5_000;

    private static final int ATTEMPTS = 30;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    /** lock_not_available, deadlock_detected. */
    private static final Set<String> BUSY = Set.of("55P03", "40P01");

    private final DataSource owner;
    private final StepSql sql;
    private final PublicationLog log;

    PlanExecution(DataSource owner, DatabaseRoles roles, PublicationLog log) {
        this.owner = owner;
        this.sql = new StepSql(roles);
        this.log = log;
    }

    void run(List<SchemaStep> steps) throws SQLException {
        int from = 0;
        while (from < steps.size()) {
            int to = endOfTransaction(steps, from);
            List<SchemaStep> together = steps.subList(from, to);
            int first = from;
            withPatience(together.getFirst(), connection -> {
                if (together.getFirst() instanceof SchemaStep.AddIndex index && index.beside()) {
                    buildBeside(connection, index, first);
                } else if (together.getFirst() instanceof SchemaStep.Backfill fill) {
                    update(connection, fill.table(), fill.column(), fill.value(), fill.condition());
                    finish(connection, fill, first);
                } else if (together.getFirst() instanceof SchemaStep.ConvertColumn convert) {
                    update(connection, convert.table(), convert.column().name(), convert.using(),
                            Ddl.name(convert.column().name()) + " IS DISTINCT FROM " + convert.using());
                    finish(connection, convert, first);
                } else {
                    runTogether(connection, together, first);
                }
            });
            from = to;
        }
    }

    private static int endOfTransaction(List<SchemaStep> steps, int from) {
        if (alone(steps.get(from))) {
            return from + 1;
        }
        var objects = new HashSet<String>();
        int to = from;
        while (to < steps.size() && !alone(steps.get(to))) {
            objects.add(steps.get(to).object());
            if (objects.size() > TABLES_PER_TRANSACTION) {
                break;
            }
            to++;
        }
        return to;
    }

    private static boolean alone(SchemaStep step) {
        return step instanceof SchemaStep.Backfill || step instanceof SchemaStep.ConvertColumn
                || step instanceof SchemaStep.ValidateConstraint
                || (step instanceof SchemaStep.AddIndex index && index.beside());
    }

    private void runTogether(Connection connection, List<SchemaStep> steps, int first) throws SQLException {
        var statements = new ArrayList<String>();
        statements.add("SET LOCAL lock_timeout = '2s'");
        for (SchemaStep step : steps) {
            statements.addAll(sql.of(step));
        }
        connection.setAutoCommit(false);
        try (var statement = connection.createStatement()) {
            statement.execute(String.join(";\n", statements));
        }
        SchemaLedger.write(connection, steps);
        log.finished(connection, first, first + steps.size());
        connection.commit();
    }

    /** What is left of an earlier attempt is invalid and goes first. */
    private void buildBeside(Connection connection, SchemaStep.AddIndex index, int position) throws SQLException {
        connection.setAutoCommit(true);
        SchemaLedger.beginIndex(connection, index);
        try (var statement = connection.createStatement()) {
            statement.execute("SET lock_timeout = '10s'");
            try {
                statement.execute("DROP INDEX CONCURRENTLY IF EXISTS " + Ddl.table(index.index().name()));
                statement.execute(StepSql.index(index, "CONCURRENTLY "));
            } finally {
                statement.execute("RESET lock_timeout");
            }
        }
        connection.setAutoCommit(false);
        SchemaLedger.write(connection, List.of(index));
        log.finished(connection, position, position + 1);
        connection.commit();
    }

    /** In batches, each of which is committed. */
    private static void update(Connection connection, String name, String column, String value, String condition)
            throws SQLException {
        connection.setAutoCommit(false);
        String table = Ddl.table(name);
        String update = "UPDATE " + table + " SET " + Ddl.name(column) + " = " + value
                + " WHERE ctid = ANY(ARRAY(SELECT ctid FROM " + table + " t WHERE " + condition + " LIMIT "
                + ROWS_PER_BACKFILL + " FOR UPDATE))";
        int rows;
        do {
            try (var statement = connection.createStatement()) {
                statement.execute("SET LOCAL app.publish = 'on'; SET LOCAL " + InStep.CONVERTING
                        + " = 'on'; SET LOCAL lock_timeout = '2s'");
                rows = statement.executeUpdate(update);
            }
            connection.commit();
        } while (rows > 0);
    }

    private void finish(Connection connection, SchemaStep step, int position) throws SQLException {
        SchemaLedger.write(connection, List.of(step));
        log.finished(connection, position, position + 1);
        connection.commit();
    }

    /** Running work goes first: a step gives up its place in the queue after two seconds and asks again. */
    private void withPatience(SchemaStep step, Work work) throws SQLException {
        Duration pause = FIRST_PAUSE;
        for (int attempt = 1;; attempt++) {
            try (Connection connection = owner.getConnection()) {
                try {
                    work.run(connection);
                    return;
                } catch (SQLException e) {
                    if (!connection.isClosed() && !connection.getAutoCommit()) {
                        connection.rollback();
                    }
                    throw e;
                }
            } catch (SQLException e) {
                if (!BUSY.contains(String.valueOf(e.getSQLState()))) {
                    throw e;
                }
                if (attempt == ATTEMPTS) {
                    throw new PlatformException(RuntimeError.UNAVAILABLE, "The records of " + step.object()
                            + " are in use; the change could not be made. Try again when there is less work.", e);
                }
                LOG.debug("{} waits for running work", step.describe());
                pause(pause);
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
            }
        }
    }

    private static void pause(Duration duration) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while publishing", e);
        }
    }

    @FunctionalInterface
    private interface Work {

        void run(Connection connection) throws SQLException;
    }
}
