package dev.objectos.runtime.storage.file;

import dev.objectos.runtime.storage.StoredFile;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.Objects;
import java.util.UUID;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/**
 * A file as the database knows it.
 *
 * @param store the name of the store that has its bytes, or will have them
 * @param blob where in the store its bytes are; null: they are not there, and have no digest
 * @param chunkSize null: its bytes come at once
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record FileRow(UUID tenant, UUID id, String name, String contentType, long size, byte @Nullable [] sha256,
        String store, @Nullable String blob, @Nullable Long chunkSize, @Nullable UUID uploadedBy, Instant createdAt,
        @Nullable Instant storedAt) {

    static final String COLUMNS = "tenant_id, id, name, content_type, size, sha256, store, blob, chunk_size, uploaded_by, "
            + "created_at, stored_at";

    static FileRow of(Record row) {
        OffsetDateTime stored = row.get("stored_at", OffsetDateTime.class);
        return new FileRow(row.get("tenant_id", UUID.class), row.get("id", UUID.class), row.get("name", String.class),
                row.get("content_type", String.class), row.get("size", Long.class), row.get("sha256", byte[].class),
                row.get("store", String.class), row.get("blob", String.class),
                row.get("chunk_size", Long.class), row.get("uploaded_by", UUID.class),
                row.get("created_at", OffsetDateTime.class).toInstant(), stored == null ? null : stored.toInstant());
    }

    boolean stored() {
        return blob != null;
    }

    StoredFile file() {
        return new StoredFile(tenant, id, name, contentType, size,
                HexFormat.of().formatHex(Objects.requireNonNull(sha256)), uploadedBy,
                Objects.requireNonNull(storedAt));
    }

    /** A place for its bytes that nobody else writes to. */
    String newBlob() {
        return place() + "." + UUID.randomUUID();
    }

    String partKey(int part) {
        return place() + ".part-" + part;
    }

    private String place() {
        String name = id.toString();
        // The last characters of an id are random, the first are the time.
        return tenant + "/" + name.substring(34) + "/" + name;
    }

    int parts() {
        long each = Objects.requireNonNull(chunkSize);
        return (int) ((size + each - 1) / each);
    }

    /** How many bytes a part has; the last has what is left. */
    long partSize(int part) {
        long each = Objects.requireNonNull(chunkSize);
        return Math.min(each, size - part * each);
    }
}
