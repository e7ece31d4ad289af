package dev.objectos.audit.seal;

import dev.objectos.audit.partition.Partitions.Part;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * That the entries of a class and month are gone, and rightly so.
 *
 * @param archive name of the file with their copy; null: there is none
 * @param archiveDigest SHA-256 of that file
 */
public record Retirement(Part part, Instant at, long entries, @Nullable String archive,
        byte @Nullable [] archiveDigest, byte[] signature) {

    /** What is signed. */
    static byte[] hash(Part part, Instant at, long entries, @Nullable String archive,
            byte @Nullable [] archiveDigest) {
        return new Fingerprint("objectos-audit-retirement-1").add(part.days()).add(part.month().toString()).add(at)
                .add(entries).add(archive).add(archiveDigest).end();
    }

    byte[] hash() {
        return hash(part, at, entries, archive, archiveDigest);
    }
}
