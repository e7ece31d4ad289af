package dev.objectos.runtime.storage.keyvalue;

import dev.objectos.runtime.background.Rounds;
import dev.objectos.runtime.background.Rounds.Rests;
import dev.objectos.runtime.spi.StorageDriver;
import java.time.Clock;

/** Removes what has expired, in batches, beside running work and other nodes, and counts what is kept. */
public final class ExpiryJob {

    private final StorageDriver driver;
    private final StorageProperties.Expiry settings;
    private final StorageMeters meters;
    private final Clock clock;
    private final Rounds rounds;

    public ExpiryJob(StorageDriver driver, StorageProperties.Expiry settings, StorageMeters meters, Clock clock) {
        this.driver = driver;
        this.settings = settings;
        this.meters = meters;
        this.clock = clock;
        this.rounds = new Rounds("objectos-storage-expiry", Rests.between(settings.interval()),
                "Expired entries could not be removed; they stay invisible", this::round);
    }

    public void start() {
        rounds.start();
    }

    private void round() {
        removeExpired();
        meters.used(driver.usages());
    }

    /** Everything that has expired by now. @return how many entries */
    public int removeExpired() {
        int removed = 0;
        int batch;
        do {
            batch = driver.removeExpired(clock.instant(), settings.batch());
            removed += batch;
            meters.expired(batch);
        } while (batch == settings.batch() && !rounds.isEnding());
        return removed;
    }

    public void stop() {
        rounds.close();
    }
}
