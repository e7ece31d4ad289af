package dev.objectos.auth.administration;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A member of a tenant as administrators see them.
 *
 * @param id of the record in the tenant's user object
 * @param image where browsers find the picture; null: none
 * @param role the roles with commas between them
 * @param banned whether they are shut out of the tenant, or of the server, at the moment
 * @param banExpires null: not banned, or for good
 */
public record TenantUser(UUID id, String email, @Nullable String username, String name, boolean emailVerified,
        @Nullable String image, String role, List<String> roles, String kind, boolean platformAdministrator,
        boolean mustChangePassword, boolean twoFactorEnabled, boolean banned, @Nullable String banReason,
        @Nullable Instant banExpires, Instant createdAt, Instant updatedAt) {

    public TenantUser {
        roles = List.copyOf(roles);
    }

    TenantUser with(@Nullable String picture) {
        return new TenantUser(id, email, username, name, emailVerified, picture, role, roles, kind,
                platformAdministrator, mustChangePassword, twoFactorEnabled, banned, banReason, banExpires, createdAt,
                updatedAt);
    }
}
