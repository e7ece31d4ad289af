package dev.objectos.runtime.pipeline;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes what has been in the recycle bin for long enough, in batches, beside running work and other nodes. */
public final class BinKeeper {

    private static final Logger LOG = LoggerFactory.getLogger(BinKeeper.class);

    /** What was deleted together is removed together: it has one moment. */
    private static final String PURGE = """
            DELETE FROM platform.recycle_bin WHERE ctid = ANY (ARRAY(
                SELECT ctid FROM platform.recycle_bin WHERE deleted_at <= now() - cast({0} AS interval)
                LIMIT {1} FOR UPDATE SKIP LOCKED))""";

    private static final String FORGET = """
            DELETE FROM platform.recycle_reference WHERE ctid = ANY (ARRAY(
                SELECT ctid FROM platform.recycle_reference WHERE deleted_at <= now() - cast({0} AS interval)
                LIMIT {1} FOR UPDATE SKIP LOCKED))""";

    private static final int TOGETHER = 1_000;

    private final DSLContext worker;
    private final RecycleBinProperties settings;
    private final Thread thread = Thread.ofVirtual().name("objectos-recycle-bin").unstarted(this::run);
    private final CountDownLatch stopped = new CountDownLatch(1);

    /** @param worker connections of the role that does the platform's own work */
    public BinKeeper(DataSource worker, RecycleBinProperties settings) {
        this.worker = DSL.using(worker, SQLDialect.POSTGRES);
        this.settings = settings;
    }

    public void start() {
        thread.start();
    }

    private void run() {
        do {
            try {
                purge();
            } catch (DataAccessException e) {
                LOG.warn("The recycle bin could not be cleared of old records; it is tried again: {}", e.toString());
            }
        } while (!stoppedWithin(settings.interval()));
    }

    /** Everything that is old enough by now. @return how many records */
    public int purge() {
        int records = inBatches(PURGE);
        inBatches(FORGET);
        return records;
    }

    private int inBatches(String sql) {
        int removed = 0;
        int batch;
        do {
            batch = worker.execute(sql, DSL.val(settings.retention().toString()), DSL.val(TOGETHER));
            removed += batch;
        } while (batch == TOGETHER && !stoppedWithin(Duration.ZERO));
        return removed;
    }

    private boolean stoppedWithin(Duration time) {
        try {
            return stopped.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    public void stop() {
        // An interrupt would break the connection in use.
        stopped.countDown();
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
