package dev.objectos.audit.entry;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.UUID;

/** A place in the order of entries, as text that callers hand back. */
public record EntryCursor(Instant at, UUID id) {

    private static final int BYTES = 3 * Long.BYTES;

    /** The place of an entry. */
    public static EntryCursor of(AuditEntry entry) {
        return new EntryCursor(entry.at(), entry.id());
    }

    /** @throws PlatformException {@code INVALID_REQUEST} where the text did not come from here */
    public static EntryCursor parse(String text) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(text);
            if (bytes.length == BYTES) {
                ByteBuffer buffer = ByteBuffer.wrap(bytes);
                return new EntryCursor(Instant.EPOCH.plus(buffer.getLong(), ChronoUnit.MICROS),
                        new UUID(buffer.getLong(), buffer.getLong()));
            }
        } catch (IllegalArgumentException _) {
            // Said below, in words.
        }
        throw new PlatformException(RuntimeError.INVALID_REQUEST,
                "cursor must be the nextCursor of an earlier answer");
    }

    public String text() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(ByteBuffer.allocate(BYTES)
                .putLong(ChronoUnit.MICROS.between(Instant.EPOCH, at)).putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits()).array());
    }
}
