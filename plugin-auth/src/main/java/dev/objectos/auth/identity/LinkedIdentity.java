package dev.objectos.auth.identity;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An account, as a provider knows it.
 *
 * @param subject what the provider calls the person for good
 * @param email that the provider told at the last sign-in; null: none
 */
public record LinkedIdentity(String provider, String subject, UUID account, @Nullable String email, Instant linkedAt,
        Instant lastUsedAt) {}
