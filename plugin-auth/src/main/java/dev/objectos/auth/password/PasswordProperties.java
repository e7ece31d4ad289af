package dev.objectos.auth.password;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Passwords ({@code objectos.auth.password}).
 *
 * @param policy of the server; tenants may ask for more
 * @param memoryKib what computing a hash takes, in KiB; the default is what the OWASP Password Storage Cheat Sheet advises, as is that of
 * @param passes how often it goes through that memory
 * @param breachedFile of passwords that are known from breaches, as {@link BreachedPasswords} reads it; null: none
 */
@ConfigurationProperties("objectos.auth.password")
public record PasswordProperties(@DefaultValue PasswordPolicy policy, @DefaultValue("19456") int memoryKib,
        @DefaultValue("2") int passes, @Nullable Path breachedFile) {

    private static final int MOST_HISTORY = 100;
    private static final int LEAST_MEMORY_KIB = 8;

    public PasswordProperties {
        if (policy.minLength() < 1 || policy.maxLength() > Passwords.LONGEST
                || policy.minLength() > policy.maxLength()) {
            throw new IllegalArgumentException("objectos.auth.password.policy needs 1 <= min-length <= max-length <= "
                    + Passwords.LONGEST + ", and has min-length " + policy.minLength() + " and max-length "
                    + policy.maxLength());
        }
        if (policy.history() < 0 || policy.history() > MOST_HISTORY || policy.maxAgeDays() < 0) {
            throw new IllegalArgumentException("objectos.auth.password.policy needs 0 <= history <= " + MOST_HISTORY
                    + " and max-age-days >= 0, and has history " + policy.history() + " and max-age-days "
                    + policy.maxAgeDays());
        }
        if (memoryKib < LEAST_MEMORY_KIB || passes < 1) {
            throw new IllegalArgumentException("objectos.auth.password needs memory-kib >= " + LEAST_MEMORY_KIB
                    + " and passes >= 1, and has " + memoryKib + " and " + passes);
        }
    }
}
