package dev.objectos.auth.apikey;

import dev.objectos.auth.scope.Scopes;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A key by which programs call in the name of an account. It is known by its digest alone.
 *
 * @param start the first characters, by which people recognize it
 * @param account whose rights it has
 * @param tenant in which it has them
 * @param metadata JSON of whoever made it; null: none
 * @param enabled whether it may be used at the moment
 * @param createdBy the account that asked for it
 * @param expiresAt null: never
 * @param lastUsedAt to the minute; null: not yet
 */
record ApiKey(UUID id, String start, String name, UUID account, UUID tenant, Scopes scopes, @Nullable String metadata,
        boolean enabled, UUID createdBy, Instant createdAt, Instant updatedAt, @Nullable Instant expiresAt,
        @Nullable Instant lastUsedAt) {

    boolean usableAt(Instant now) {
        return enabled && (expiresAt == null || now.isBefore(expiresAt));
    }
}
