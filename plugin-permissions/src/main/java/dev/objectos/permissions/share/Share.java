package dev.objectos.permissions.share;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A record that is open to somebody.
 *
 * @param grantee {@code user:} and the id of a user's record, or {@code role:} and a name
 * @param grantedBy the user who opened it; null: that user is gone
 * @param expiresAt from when on it counts no more; null: it always does
 */
public record Share(UUID id, String object, UUID record, String grantee, Access access, @Nullable UUID grantedBy,
        Instant grantedAt, @Nullable Instant expiresAt) {

    static final String USER = "user:";
    static final String ROLE = "role:";

    /** How a user stands in a share. */
    public static String user(UUID id) {
        return USER + id;
    }

    /** How the holders of a role stand in a share. */
    public static String role(String name) {
        return ROLE + name;
    }
}
