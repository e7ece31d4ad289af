package dev.objectos.auth.organization;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who has been asked to join a tenant.
 *
 * @param inviter the inviting user's record; null: the platform's own work
 */
record Invitation(UUID id, UUID tenant, String email, Set<String> roles, @Nullable UUID inviter, Status status,
        Instant createdAt, Instant expiresAt) {

    Invitation {
        roles = Set.copyOf(roles);
    }

    /** What has become of it. */
    enum Status {
        PENDING, ACCEPTED, REJECTED, CANCELED
    }

    boolean open(Instant now) {
        return status == Status.PENDING && now.isBefore(expiresAt);
    }
}
