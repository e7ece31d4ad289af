package dev.objectos.audit.partition;

import dev.objectos.audit.partition.Partitions.Part;
import dev.objectos.runtime.background.Rounds;
import dev.objectos.runtime.background.Rounds.Rests;
import dev.objectos.runtime.metadata.Catalogs;
import java.time.Clock;
import java.time.Duration;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.LinkedHashSet;
import java.util.Set;

/** Has tables ready before entries need them. Those that came sooner have waited in a rest, where nothing is lost. */
public final class PartitionKeeper implements AutoCloseable {

    private static final int MONTHS_AHEAD = 2;
    private static final Duration PAUSE = Duration.ofHours(1);
    private static final Duration SOON = Duration.ofSeconds(15);

    private final Partitions partitions;
    private final Retention retention;
    private final Catalogs catalogs;
    private final Clock clock;
    private final Rounds rounds = new Rounds("objectos-audit-partitions", new Rests(SOON, PAUSE, SOON),
            "Tables of the audit trail are still missing", this::keep);

    public PartitionKeeper(Partitions partitions, Retention retention, Catalogs catalogs, Clock clock) {
        this.partitions = partitions;
        this.retention = retention;
        this.catalogs = catalogs;
        this.clock = clock;
    }

    /** Prepares what is needed from the first entry on, and looks after the rest in the background. */
    public void start() {
        partitions.catchUp();
        keep();
        catalogs.onPublish(_ -> rounds.wake());
        rounds.start();
    }

    /** Makes every table that is missing. */
    public void keep() {
        Set<Part> missing = new LinkedHashSet<>();
        YearMonth now = YearMonth.from(clock.instant().atZone(ZoneOffset.UTC));
        for (int days : retention.classes(catalogs.current())) {
            for (int ahead = 0; ahead <= MONTHS_AHEAD; ahead++) {
                missing.add(new Part(days, now.plusMonths(ahead)));
            }
        }
        missing.addAll(partitions.waiting());
        partitions.known().forEach(missing::remove);
        missing.forEach(partitions::prepare);
    }

    @Override
    public void close() {
        rounds.close();
    }
}
