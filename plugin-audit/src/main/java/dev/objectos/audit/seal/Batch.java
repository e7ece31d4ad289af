package dev.objectos.audit.seal;

import dev.objectos.audit.partition.Partitions.Part;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/**
 * A link of a tenant's chain: the entries of the transactions from one on to before another.
 *
 * @param number counts up from 1
 * @param strangers entries that were there, but not written by the platform
 * @param previous hash of the batch before
 */
record Batch(UUID tenant, long number, long since, long horizon, List<UUID> strangers, byte[] previous,
        List<PartDigest> parts) {

    Batch {
        strangers = strangers.stream().sorted().toList();
        parts = parts.stream().sorted(
                Comparator.comparingInt((PartDigest part) -> part.part().days())
                        .thenComparing(part -> part.part().month()))
                .toList();
    }

    /** What a batch holds of one class and month. */
    record PartDigest(Part part, int entries, byte[] digest) {}

    byte[] hash() {
        Fingerprint whole = new Fingerprint("objectos-audit-batch-1").add(tenant).add(number).add(since).add(horizon)
                .add(previous).add(strangers.size());
        strangers.forEach(whole::add);
        whole.add(parts.size());
        for (PartDigest part : parts) {
            whole.add(part.part().days()).add(part.part().month().toString()).add(part.entries()).add(part.digest());
        }
        return whole.end();
    }
}
