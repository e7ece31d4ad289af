package dev.objectos.audit.seal;

import dev.objectos.audit.partition.Partitions;
import dev.objectos.audit.partition.Partitions.Part;
import dev.objectos.audit.seal.Archives.Archive;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends the months whose time is over: a copy where one is wanted, a signature that says so, and the table goes. */
public final class Retiring {

    private static final Logger LOG = LoggerFactory.getLogger(Retiring.class);

    private final SealStore store;
    private final Partitions partitions;
    private final SigningKey key;
    private final @Nullable Archives archives;
    private final Clock clock;

    /** @param archives null: what goes is gone */
    public Retiring(DataSource worker, Partitions partitions, SigningKey key, @Nullable Archives archives,
            Clock clock) {
        this.store = new SealStore(worker);
        this.partitions = partitions;
        this.key = key;
        this.archives = archives;
        this.clock = clock;
    }

    /** Ends what is over, and sealed; another time where another node is about it. */
    public List<Part> pass() {
        var gone = new ArrayList<Part>();
        for (Part part : partitions.known()) {
            if (over(part) && store.alone(() -> retire(part)).orElse(false)) {
                LOG.info("Entries of the audit trail of {} that are kept for {} days are over and gone", part.month(),
                        part.days());
                gone.add(part);
            }
        }
        return gone;
    }

    private boolean over(Part part) {
        Instant end = part.month().plusMonths(1).atDay(1).plusDays(part.days()).atStartOfDay(ZoneOffset.UTC)
                .toInstant();
        return part.days() > 0 && !end.isAfter(clock.instant());
    }

    private boolean retire(Part part) {
        if (partitions.known().stream().noneMatch(part::equals)) {
            return false;
        }
        long horizon = store.latest().map(SealStore.Stored::horizon).orElse(0L);
        SealStore.Counted counted = store.count(part, horizon);
        if (counted.unsealed() > 0) {
            return false;
        }
        Optional<Archive> archive = Optional.ofNullable(archives).map(all -> all.write(part, store));
        @Nullable
        String file = archive.map(Archive::file).orElse(null);
        byte @Nullable [] digest = archive.map(Archive::digest).orElse(null);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        store.add(new Retirement(part, now, counted.entries(), file, digest,
                key.sign(Retirement.hash(part, now, counted.entries(), file, digest))), key.id());
        store.retire(part);
        return true;
    }
}
