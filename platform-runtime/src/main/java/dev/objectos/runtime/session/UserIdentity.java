package dev.objectos.runtime.session;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What expressions know of {@code currentUser} without asking the database.
 *
 * @param id the user's record in the tenant's {@code user} object
 */
public record UserIdentity(UUID id, String email, String name, @Nullable String username) {}
