package dev.objectos.auth.apikey;

import dev.objectos.auth.scope.Scopes;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A key to be made.
 *
 * @param account whose rights it is to have
 * @param metadata JSON; null: none
 * @param expiresAt null: never
 * @param createdBy the account that asks for it
 */
record NewApiKey(String name, UUID account, UUID tenant, Scopes scopes, @Nullable String metadata,
        @Nullable Instant expiresAt, UUID createdBy) {}
