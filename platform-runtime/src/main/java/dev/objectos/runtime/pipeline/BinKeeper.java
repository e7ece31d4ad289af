package dev.objectos.runtime.pipeline;

import dev.objectos.runtime.background.Rounds;
import dev.objectos.runtime.background.Rounds.Rests;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

/** Removes what has been in the recycle bin for long enough, in batches, beside running work and other nodes. */
public final class BinKeeper {

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
    private final Rounds rounds;

    /** @param worker connections of the role that does the platform's own work */
    public BinKeeper(DataSource worker, RecycleBinProperties settings) {
        this.worker = DSL.using(worker, SQLDialect.POSTGRES);
        this.settings = settings;
        this.rounds = new Rounds("objectos-recycle-bin", Rests.between(settings.interval()),
                "The recycle bin could not be cleared of old records", this::purge);
    }

    public void start() {
        rounds.start();
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
        } while (batch == TOGETHER && !rounds.isEnding());
        return removed;
    }

    public void stop() {
        rounds.close();
    }
}
