package dev.objectos.auth.apikey;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/**
 * An account of a program, which signs in by API keys alone.
 *
 * @param user its record in the tenant's user object
 * @param roles names of permission sets
 */
record ServiceAccount(UUID account, UUID user, String name, Set<String> roles, Instant createdAt) {

    ServiceAccount {
        roles = Set.copyOf(roles);
    }
}
