package dev.objectos.audit.seal;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** The entries of a part of a batch: id and digest of each, in their order. */
final class Listing {

    private static final int DIGEST = 16;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private int entries;

    void add(SealedEntry entry) {
        bytes.writeBytes(Fingerprint.bytes(entry.id()));
        bytes.writeBytes(entry.digest());
        entries++;
    }

    int entries() {
        return entries;
    }

    byte[] bytes() {
        return bytes.toByteArray();
    }

    byte[] digest() {
        return digest(bytes());
    }

    static byte[] digest(byte[] listing) {
        return Fingerprint.sha256().digest(listing);
    }

    /** The digests by id, as far as the bytes are a listing. */
    static Map<UUID, ByteBuffer> read(byte[] listing) {
        var digests = new LinkedHashMap<UUID, ByteBuffer>();
        ByteBuffer buffer = ByteBuffer.wrap(listing);
        while (buffer.remaining() >= 2 * Long.BYTES + DIGEST) {
            UUID id = new UUID(buffer.getLong(), buffer.getLong());
            byte[] digest = new byte[DIGEST];
            buffer.get(digest);
            digests.put(id, ByteBuffer.wrap(digest));
        }
        return digests;
    }
}
