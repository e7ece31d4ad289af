package dev.objectos.audit.seal;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/**
 * What is signed: that these batches, and those of the checkpoints before, are all that there was.
 *
 * @param number counts up from 1
 * @param horizon transaction before which every entry is in a batch
 * @param previous hash of the checkpoint before
 */
record Checkpoint(long number, long horizon, Instant at, long entries, byte[] previous, List<Link> links) {

    Checkpoint {
        links = links.stream().sorted(Comparator.comparing(Link::tenant).thenComparing(Link::number)).toList();
    }

    /** A batch that the checkpoint covers. */
    record Link(UUID tenant, long number, byte[] hash) {}

    byte[] hash() {
        Fingerprint whole = new Fingerprint("objectos-audit-checkpoint-1").add(number).add(horizon).add(at).add(entries)
                .add(previous).add(links.size());
        links.forEach(link -> whole.add(link.tenant()).add(link.number()).add(link.hash()));
        return whole.end();
    }
}
