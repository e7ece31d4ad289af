package dev.objectos.audit.seal;

import dev.objectos.audit.partition.Partitions.Part;
import dev.objectos.audit.seal.SealStore.Stored;
import dev.objectos.audit.seal.SealStore.StoredBatch;
import dev.objectos.audit.seal.Verification.Kind;
import dev.objectos.audit.seal.Verification.Problem;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Compares the trail with its seals, and the seals with their signatures. */
public final class Verifier {

    /** The order of the database, which knows no sign. */
    private static final Comparator<UUID> UNSIGNED = Comparator
            .<UUID, Long>comparing(UUID::getMostSignificantBits, Long::compareUnsigned)
            .thenComparing(UUID::getLeastSignificantBits, Long::compareUnsigned);

    private final SealStore store;
    private final SigningKey key;
    private final HeadFile head;
    private final @Nullable Archives archives;

    /** @param archives where copies of what is gone lie; null: they are not looked at */
    public Verifier(DataSource worker, SigningKey key, HeadFile head, @Nullable Archives archives) {
        this.store = new SealStore(worker);
        this.key = key;
        this.head = head;
        this.archives = archives;
    }

    /** @param tenant whose entries; null: all there are. Checkpoints are compared in any case. */
    public Verification verify(@Nullable UUID tenant) {
        // Before the database is read: the sealer goes on, and this file never knows more than the database did.
        var run = new Run(tenant, head.read().orElse(null));
        store.reading(run::examine);
        return run.result();
    }

    /** One look at everything. */
    private final class Run {

        private final @Nullable UUID tenant;
        private final HeadFile.@Nullable Head known;
        private final List<Problem> problems = new ArrayList<>();
        private final Set<Part> retired = new HashSet<>();
        private long checked;
        private long unsealed;
        private long number;
        private long horizon;
        private byte[] previous = Fingerprint.NOTHING;
        private @Nullable Instant until;
        private @Nullable Last last;

        /** Where a tenant's chain has come to. */
        private record Last(UUID tenant, long number, long horizon, byte[] hash) {}

        /** @param known the newest checkpoint that this node has made; null: none that it remembers */
        Run(@Nullable UUID tenant, HeadFile.@Nullable Head known) {
            this.tenant = tenant;
            this.known = known;
        }

        void examine() {
            retirements();
            store.checkpoints(this::checkpoint);
            head();
            try (Stream<StoredBatch> batches = store.batches(tenant);
                    Stream<SealedEntry> entries = store.entries(tenant)) {
                compare(batches.iterator(), entries.iterator());
            }
        }

        Verification result() {
            return new Verification(checked, unsealed, until, problems);
        }

        private void retirements() {
            for (Retirement retirement : store.retirements()) {
                if (key.hasSigned(retirement.hash(), retirement.signature())) {
                    retired.add(retirement.part());
                    copy(retirement);
                } else {
                    seal(null, "nobody who may has signed that entries of " + retirement.part().month()
                            + " that are kept for " + retirement.part().days() + " days go");
                }
            }
        }

        /** Archives may lie anywhere; those that are here must be what was signed. */
        private void copy(Retirement retirement) {
            String file = retirement.archive();
            if (archives != null && file != null && archives.digest(file)
                    .filter(digest -> !Arrays.equals(digest, retirement.archiveDigest())).isPresent()) {
                seal(null, "the archive " + file + " has been changed");
            }
        }

        private void checkpoint(Stored stored) {
            number++;
            if (stored.number() != number) {
                seal(null, "checkpoint " + number + " is missing");
                number = stored.number();
            } else if (!Arrays.equals(stored.previous(), previous)) {
                seal(null, "checkpoint " + number + " does not follow the one before");
            }
            byte[] hash = new Checkpoint(stored.number(), stored.horizon(), stored.at(), stored.entries(),
                    stored.previous(), store.links(stored.number())).hash();
            if (!Arrays.equals(hash, stored.hash())) {
                seal(null, "checkpoint " + number + " or the batches that it covers have been changed");
            } else if (!key.hasSigned(hash, stored.signature())) {
                seal(null, stored.key().equals(key.id())
                        ? "the signature of checkpoint " + number + " is wrong"
                        : "checkpoint " + number + " is signed with the unknown key " + stored.key());
            }
            if (known != null && known.number() == number && !Arrays.equals(known.hash(), stored.hash())) {
                seal(null, "checkpoint " + number + " is not the one that this node has made");
            }
            previous = stored.hash();
            horizon = stored.horizon();
            until = stored.at();
        }

        private void head() {
            if (known != null && known.number() > number) {
                seal(null, "checkpoint " + known.number() + ", which this node has made, is missing");
            }
        }

        /** Both come by tenant and transaction. */
        private void compare(Iterator<StoredBatch> batches, Iterator<SealedEntry> entries) {
            SealedEntry entry = next(entries);
            while (batches.hasNext()) {
                Batch batch = linked(batches.next());
                while (entry != null && UNSIGNED.compare(entry.tenant(), batch.tenant()) < 0) {
                    beyond(entry);
                    entry = next(entries);
                }
                var found = new HashMap<Part, Listing>();
                while (entry != null && entry.tenant().equals(batch.tenant()) && entry.xid() < batch.horizon()) {
                    found.computeIfAbsent(entry.part(), _ -> new Listing()).add(entry);
                    entry = next(entries);
                }
                compare(batch, found);
            }
            while (entry != null) {
                beyond(entry);
                entry = next(entries);
            }
        }

        private static @Nullable SealedEntry next(Iterator<SealedEntry> entries) {
            return entries.hasNext() ? entries.next() : null;
        }

        private Batch linked(StoredBatch stored) {
            Batch batch = stored.batch();
            Last before = last != null && last.tenant().equals(batch.tenant())
                    ? last
                    : new Last(batch.tenant(), 0, 0, Fingerprint.NOTHING);
            if (batch.number() != before.number() + 1 || batch.since() != before.horizon()
                    || !Arrays.equals(batch.previous(), before.hash())) {
                seal(batch.tenant(), "batch " + batch.number() + " does not follow the one before");
            }
            if (!Arrays.equals(batch.hash(), stored.hash())) {
                seal(batch.tenant(), "batch " + batch.number() + " has been changed");
            }
            for (UUID stranger : batch.strangers()) {
                problem(Kind.INSERTED, batch.tenant(), stranger, "was not written by the platform");
            }
            last = new Last(batch.tenant(), batch.number(), batch.horizon(), stored.hash());
            return batch;
        }

        /** After the last batch of its tenant: too new for one, or put in between later. */
        private void beyond(SealedEntry entry) {
            if (entry.xid() >= horizon) {
                unsealed++;
            } else {
                inserted(entry.tenant(), entry.id());
            }
        }

        private void compare(Batch batch, Map<Part, Listing> found) {
            for (Batch.PartDigest sealed : batch.parts()) {
                Listing there = found.remove(sealed.part());
                if (there == null && retired.contains(sealed.part())) {
                    continue;
                }
                Listing entries = there == null ? new Listing() : there;
                checked += entries.entries();
                if (!Arrays.equals(entries.digest(), sealed.digest())) {
                    explain(batch, sealed, entries);
                }
            }
            found.values().forEach(listing -> Listing.read(listing.bytes()).keySet()
                    .forEach(id -> inserted(batch.tenant(), id)));
        }

        private void explain(Batch batch, Batch.PartDigest sealed, Listing there) {
            byte[] listing = store.listing(batch.tenant(), batch.number(), sealed.part());
            if (!Arrays.equals(Listing.digest(listing), sealed.digest())) {
                seal(batch.tenant(), "the listing of batch " + batch.number() + " has been changed");
                return;
            }
            Map<UUID, ByteBuffer> then = Listing.read(listing);
            Map<UUID, ByteBuffer> now = Listing.read(there.bytes());
            then.forEach((id, digest) -> {
                ByteBuffer other = now.get(id);
                if (other == null) {
                    problem(Kind.REMOVED, batch.tenant(), id, "is gone");
                } else if (!other.equals(digest)) {
                    problem(Kind.ALTERED, batch.tenant(), id, "is not as it was");
                }
            });
            now.keySet().stream().filter(id -> !then.containsKey(id)).forEach(id -> inserted(batch.tenant(), id));
            if (now.size() != there.entries()) {
                problem(Kind.INSERTED, batch.tenant(), null, "entries of batch " + batch.number() + " occur twice");
            }
        }

        private void inserted(UUID of, UUID entry) {
            problem(Kind.INSERTED, of, entry, "was not there when its time was sealed");
        }

        private void seal(@Nullable UUID of, String message) {
            problem(Kind.SEAL, of, null, message);
        }

        private void problem(Kind kind, @Nullable UUID of, @Nullable UUID entry, String message) {
            if (problems.size() < Verification.MOST) {
                problems.add(new Problem(kind, of, entry, message));
            }
        }
    }
}
