package dev.objectos.runtime.storage.keyvalue;

import dev.objectos.runtime.spi.StorageDriver;
import java.time.Clock;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes what has expired, in batches, beside running work and other nodes, and counts what is kept. */
public final class ExpiryJob {

    private static final Logger LOG = LoggerFactory.getLogger(ExpiryJob.class);

    private final StorageDriver driver;
    private final StorageProperties.Expiry settings;
    private final StorageMeters meters;
    private final Clock clock;
    private final Thread thread = Thread.ofVirtual().name("objectos-storage-expiry").unstarted(this::run);
    private final CountDownLatch stopped = new CountDownLatch(1);

    public ExpiryJob(StorageDriver driver, StorageProperties.Expiry settings, StorageMeters meters, Clock clock) {
        this.driver = driver;
        this.settings = settings;
        this.meters = meters;
        this.clock = clock;
    }

    public void start() {
        thread.start();
    }

    private void run() {
        do {
            try {
                removeExpired();
                meters.used(driver.usages());
            } catch (RuntimeException e) {
                LOG.warn("Expired entries could not be removed; they stay invisible, and it is tried again", e);
            }
        } while (!stoppedWithin(settings.interval().toNanos()));
    }

    private boolean stoppedWithin(long nanos) {
        try {
            return stopped.await(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** Everything that has expired by now. @return how many entries */
    public int removeExpired() {
        int removed = 0;
        int batch;
        do {
            batch = driver.removeExpired(clock.instant(), settings.batch());
            removed += batch;
            meters.expired(batch);
        } while (batch == settings.batch() && !stoppedWithin(0));
        return removed;
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
