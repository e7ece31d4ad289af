package dev.objectos.runtime.idempotency;

import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says every second which attempts this node is at, so that others see when it has died, and removes what has expired. */
public final class KeyKeeper {

    private static final Logger LOG = LoggerFactory.getLogger(KeyKeeper.class);

    private static final String RENEW = """
            UPDATE platform.idempotency_key SET leased_until = now() + interval '5 seconds'
            WHERE attempt = ANY ({0}) AND status IS NULL""";

    private static final String PURGE = """
            DELETE FROM platform.idempotency_key WHERE ctid = ANY (ARRAY(
                SELECT ctid FROM platform.idempotency_key WHERE expires_at <= now()
                LIMIT {0} FOR UPDATE SKIP LOCKED))""";

    private static final long BEAT_MILLIS = 1_000;
    private static final long PURGE_NANOS = Duration.ofMinutes(10).toNanos();
    private static final int TOGETHER = 1_000;

    private final DSLContext worker;
    private final Set<UUID> running = ConcurrentHashMap.newKeySet();
    private final Thread thread = Thread.ofVirtual().name("objectos-idempotency").unstarted(this::run);
    private final CountDownLatch stopped = new CountDownLatch(1);

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
        thread.start();
    }

    private void run() {
        long purged = System.nanoTime() - PURGE_NANOS;
        boolean failing = false;
        while (!stoppedWithin(BEAT_MILLIS)) {
            try {
                renew();
                if (System.nanoTime() - purged > PURGE_NANOS) {
                    purged = System.nanoTime();
                    purge();
                }
                failing = false;
            } catch (DataAccessException e) {
                if (!failing) {
                    LOG.warn("The idempotency keys wait: {}", e.toString());
                }
                failing = true;
            }
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
        } while (batch == TOGETHER && !stoppedWithin(0));
        return removed;
    }

    private boolean stoppedWithin(long millis) {
        try {
            return stopped.await(millis, TimeUnit.MILLISECONDS);
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
