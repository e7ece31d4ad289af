package dev.objectos.runtime.storage;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a file whose bytes are there.
 *
 * @param contentType such as {@code image/png}
 * @param sha256 of its bytes, 64 hexadecimal digits
 * @param uploadedBy record of the user; null: the platform
 */
public record StoredFile(UUID tenant, UUID id, String name, String contentType, long size, String sha256,
        @Nullable UUID uploadedBy, Instant storedAt) {}
