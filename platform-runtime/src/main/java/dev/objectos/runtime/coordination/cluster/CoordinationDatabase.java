package dev.objectos.runtime.coordination.cluster;

import dev.objectos.runtime.database.DatabaseFailure;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.conf.Settings;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;

/** Statements over the tables of queues and locks, each a transaction of its own. */
final class CoordinationDatabase {

    private final DSLContext sql;

    CoordinationDatabase(DataSource worker) {
        sql = DSL.using(worker, SQLDialect.POSTGRES, new Settings().withExecuteLogging(false));
    }

    <T> T run(Function<DSLContext, T> statements) {
        try {
            return statements.apply(sql);
        } catch (DataAccessException e) {
            throw DatabaseFailure.of(e, "Queues and locks");
        }
    }

    /** @return whether there was a row that it has changed */
    boolean changes(String statement, Object... values) {
        return run(context -> context.execute(statement, values)) > 0;
    }
}
