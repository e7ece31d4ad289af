package dev.objectos.auth.ldap;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Somebody whom a directory has recognised.
 *
 * @param subject what never changes about them
 * @param email null: the directory knows none
 * @param groups names and full DNs, as {@link GroupNames} writes them
 */
record DirectoryPerson(String subject, @Nullable String email, String name, Set<String> groups) {

    DirectoryPerson {
        groups = Set.copyOf(groups);
    }
}
