package dev.objectos.audit.seal;

import dev.objectos.audit.partition.Partitions.Part;
import dev.objectos.audit.seal.SealStore.Listed;
import dev.objectos.audit.seal.SealStore.Stored;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Seals what has been committed: below the oldest transaction that still runs nothing can be added any more, so a batch of
 * transactions up to there is complete.
 */
public final class Sealer {

    /** Entries of a checkpoint: few enough to be held in memory, as 32 bytes each. */
    private static final int ENTRIES = 50_000;

    private final SealStore store;
    private final SigningKey key;
    private final HeadFile head;
    private final Clock clock;

    public Sealer(DataSource worker, SigningKey key, HeadFile head, Clock clock) {
        this.store = new SealStore(worker);
        this.key = key;
        this.head = head;
        this.clock = clock;
    }

    /**
     * What there was to do.
     *
     * @param sealed how many entries
     * @param more whether some are left that could be sealed
     */
    public record Pass(long sealed, boolean more) {}

    /** Makes one checkpoint, where there is something to seal and no other node is about it. */
    public Pass pass() {
        return finish(store.alone(this::step));
    }

    /** Seals all that can be sealed by now. */
    public void everything() {
        while (finish(Optional.of(store.inTurn(this::step))).more()) {
            // until nothing is left
        }
    }

    private Pass finish(Optional<Step> step) {
        Step done = step.orElse(Step.NOTHING);
        Checkpoint made = done.made();
        if (made != null) {
            // After the commit: the file must never know more than the database.
            head.write(made.number(), made.hash());
        }
        return new Pass(made == null ? 0 : made.entries(), done.more());
    }

    /** @param made null: nothing */
    private record Step(@Nullable Checkpoint made, boolean more) {

        static final Step NOTHING = new Step(null, false);
    }

    private Step step() {
        Optional<Stored> last = store.latest();
        if (last.isPresent() && !last.get().key().equals(key.id())) {
            throw new UnknownKeyException(last.get().key(), key.id());
        }
        long since = last.map(Stored::horizon).orElse(0L);
        long limit = store.horizon();
        Optional<Long> end = store.end(since, limit, ENTRIES);
        if (end.isEmpty()) {
            return Step.NOTHING;
        }
        long horizon = end.get();
        long number = last.map(Stored::number).orElse(0L) + 1;
        var links = new ArrayList<Checkpoint.Link>();
        var entries = new long[1];
        var gathering = new Gathering(number, horizon, links);
        store.entries(since, horizon, entry -> {
            entries[0]++;
            gathering.add(entry);
        });
        gathering.end();
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var checkpoint = new Checkpoint(number, horizon, now, entries[0],
                last.map(Stored::hash).orElse(Fingerprint.NOTHING), links);
        byte[] hash = checkpoint.hash();
        store.add(checkpoint, hash, key.id(), key.sign(hash));
        return new Step(checkpoint, horizon < limit);
    }

    /** Makes batches of entries that come tenant by tenant. */
    private final class Gathering {

        private final long checkpoint;
        private final long horizon;
        private final List<Checkpoint.Link> links;
        private final Map<Part, Listing> parts = new TreeMap<>(
                Comparator.comparingInt(Part::days).thenComparing(Part::month));
        private final List<UUID> strangers = new ArrayList<>();
        private final List<Gathered> gathered = new ArrayList<>();
        private @Nullable UUID tenant;

        private record Gathered(UUID tenant, List<Listed> parts, List<UUID> strangers) {}

        Gathering(long checkpoint, long horizon, List<Checkpoint.Link> links) {
            this.checkpoint = checkpoint;
            this.horizon = horizon;
            this.links = links;
        }

        void add(SealedEntry entry) {
            if (!entry.tenant().equals(tenant)) {
                close();
                tenant = entry.tenant();
            }
            parts.computeIfAbsent(entry.part(), _ -> new Listing()).add(entry);
            if (entry.stranger()) {
                strangers.add(entry.id());
            }
        }

        private void close() {
            UUID of = tenant;
            if (of != null) {
                gathered.add(new Gathered(of,
                        parts.entrySet().stream().map(part -> new Listed(part.getKey(), part.getValue())).toList(),
                        List.copyOf(strangers)));
            }
            parts.clear();
            strangers.clear();
        }

        /** Writes them down; not before all are read, for the connection reads them bit by bit. */
        void end() {
            close();
            for (Gathered of : gathered) {
                Optional<Checkpoint.Link> before = store.latest(of.tenant());
                var batch = new Batch(of.tenant(), before.map(Checkpoint.Link::number).orElse(0L) + 1,
                        store.horizon(of.tenant()), horizon, of.strangers(),
                        before.map(Checkpoint.Link::hash).orElse(Fingerprint.NOTHING),
                        of.parts().stream().map(part -> new Batch.PartDigest(part.part(), part.listing().entries(),
                                part.listing().digest())).toList());
                store.add(batch, checkpoint, of.parts());
                links.add(new Checkpoint.Link(batch.tenant(), batch.number(), batch.hash()));
            }
        }
    }
}
