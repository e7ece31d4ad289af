package dev.objectos.permissions.conformance;

import java.util.Set;
import java.util.UUID;

/** Who asks: a user's record, the roles that the organization gave them, and whether they administer the platform. */
record Person(UUID id, Set<String> roles, boolean administrator) {

    Person {
        roles = Set.copyOf(roles);
    }
}
