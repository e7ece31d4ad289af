package dev.objectos.auth.identity;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who somebody is elsewhere, proven.
 *
 * @param provider by its name in the configuration, such as {@code google}
 * @param subject what the provider calls the person for good; unique there, never a name or an address that may pass to others
 * @param email null: the provider tells none
 * @param emailVerified whether the provider vouches that the address is the person's
 * @param name to call the person by; null: the provider tells none
 * @param roles names of permission sets that the provider gives the person in its tenant
 */
public record OutsideIdentity(String provider, String subject, @Nullable String email, boolean emailVerified,
        @Nullable String name, Set<String> roles) {

    public OutsideIdentity {
        email = email == null || email.isBlank() ? null : email.strip();
        name = name == null || name.isBlank() ? null : name.strip();
        roles = Set.copyOf(roles);
        if (subject.isBlank() || subject.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("an identity needs a subject");
        }
    }
}
