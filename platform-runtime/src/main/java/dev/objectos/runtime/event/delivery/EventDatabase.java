package dev.objectos.runtime.event.delivery;

import java.util.function.Function;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.conf.Settings;
import org.jooq.impl.DSL;

/** The platform's own login, as the delivery of events uses it. */
final class EventDatabase {

    private final DSLContext sql;

    /** @param worker connections of the role that may see the tables of events */
    EventDatabase(DataSource worker) {
        sql = DSL.using(worker, SQLDialect.POSTGRES, new Settings().withExecuteLogging(false));
    }

    DSLContext sql() {
        return sql;
    }

    /**
     * A short transaction that need not survive a crash of the database: what it loses is routed, claimed or delivered once
     * more, in the same order. So it waits for no disk.
     */
    <T> T brief(Function<DSLContext, T> work) {
        return sql.transactionResult(configuration -> {
            DSLContext here = configuration.dsl();
            // Statistics of a queue are taken when it is empty or full, and wrong soon after; its indexes always suit.
            here.execute(
                    "SELECT set_config('synchronous_commit', 'off', true), set_config('enable_seqscan', 'off', true), "
                            + "set_config('transaction_timeout', '60s', true)");
            return work.apply(here);
        });
    }
}
