package dev.objectos.runtime.idempotency;

import dev.objectos.runtime.background.Rounds;
import dev.objectos.runtime.background.Rounds.Rests;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

/** Says every second which attempts this node is at, so that others see when it has died, and removes what has expired. */
public final class KeyKeeper {

    private static final String RENEW = """
            UPDATE platform.idempotency_key SET leased_until = now() + interval '5 seconds'
            WHERE attempt = ANY ({0}) AND status IS NULL""";

    private static final String PURGE = """
            DELETE FROM platform.idempotency_key WHERE ctid = ANY (ARRAY(
                SELECT ctid FROM platform.idempotency_key WHERE expires_at <= now()
                LIMIT {0} FOR UPDATE SKIP LOCKED))""";

    private static final Duration BEAT = Duration.ofSeconds(1);
    private static final long PURGE_NANOS = Duration.ofMinutes(10).toNanos();
    private static final int TOGETHER = 1_000;

    private final DSLContext worker;
    private final Set<UUID> running = ConcurrentHashMap.newKeySet();
    private final Rounds rounds = new Rounds("objectos-idempotency", Rests.of(BEAT), "The idempotency keys wait",
            this::keep);
    private long purged = System.nanoTime() - PURGE_NANOS;

    /** @param worker connections of the role that does the platform's own work */
    public KeyKeeper(DataSource worker) {
        this.worker = DSL.using(worker, SQLDialect.POSTGRES);
    }

    void begun(UUID attempt) {
        running.add(attempt);
    }

    void ended(UUID attempt) {
        running.remove(attempt);
    }

    public void start() {
        rounds.start();
    }

    private void keep() {
        renew();
        if (System.nanoTime() - purged > PURGE_NANOS) {
            purged = System.nanoTime();
            purge();
        }
    }

    private void renew() {
        UUID[] attempts = running.toArray(UUID[]::new);
        if (attempts.length > 0) {
            worker.execute(RENEW, DSL.val(attempts));
        }
    }

    /** Everything that has expired by now. @return how many keys */
    public int purge() {
        int removed = 0;
        int batch;
        do {
            batch = worker.execute(PURGE, DSL.val(TOGETHER));
            removed += batch;
        } while (batch == TOGETHER && !rounds.isEnding());
        return removed;
    }

    public void stop() {
        rounds.close();
    }
}
