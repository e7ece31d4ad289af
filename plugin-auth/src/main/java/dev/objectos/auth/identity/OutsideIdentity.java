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

    private static final int LONGEST_SUBJECT = 1_000;
    private static final int LONGEST_EMAIL = 254;
    private static final int LONGEST_NAME = 100;

    /** Whatever is told that cannot be an address or a name counts as not told. */
    public OutsideIdentity {
        if (!acceptable(subject)) {
            throw new IllegalArgumentException("an identity needs a subject of at most 1,000 characters");
        }
        email = email == null ? null : email.strip();
        if (email == null || email.indexOf('@') < 1 || email.length() > LONGEST_EMAIL
                || email.chars().anyMatch(Character::isISOControl)) {
            email = null;
        }
        name = name == null
                ? ""
                : name.codePoints().filter(c -> !Character.isISOControl(c)).limit(LONGEST_NAME)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString()
                        .strip();
        name = name.isEmpty() ? null : name;
        emailVerified = emailVerified && email != null;
        roles = Set.copyOf(roles);
    }

    /** Whether a provider can call somebody so. */
    public static boolean acceptable(@Nullable String subject) {
        return subject != null && !subject.isBlank() && subject.length() <= LONGEST_SUBJECT
                && subject.indexOf('\0') < 0;
    }
}
