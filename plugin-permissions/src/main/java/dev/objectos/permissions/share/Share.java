package dev.objectos.permissions.share;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A record that is open to somebody.
 *
 * @param grantedBy the user who opened it; null: that user is gone
 * @param expiresAt from when on it counts no more; null: it always does
 */
public record Share(UUID id, String object, UUID record, Grantee grantee, Access access, @Nullable UUID grantedBy,
        Instant grantedAt, @Nullable Instant expiresAt) {}
