package dev.objectos.auth.provider;

import dev.objectos.auth.password.PasswordPolicy;

/**
 * Passwords that are kept here ({@code providers.local}).
 *
 * @param enabled whether they open accounts; those of platform administrators always do, so that nobody is locked out by a provider
 *        that is down
 * @param policy what is asked of new ones beside {@code objectos.auth.password.policy}
 */
public record LocalSettings(boolean enabled, PasswordPolicy policy) {

    /** Asks for nothing that the settings of the server do not ask for. */
    private static final PasswordPolicy NOTHING = new PasswordPolicy(1, 1024, false, false, false, false, 0, 0);

    static final LocalSettings DEFAULT = new LocalSettings(true, NOTHING);

    static LocalSettings read(Section providers) {
        Section local = providers.section("local").orElse(null);
        if (local == null) {
            return DEFAULT;
        }
        // What is wrong in it is reported; the rest of it counts, for no policy at all would ask for less.
        return new LocalSettings(local.flag("enabled", true),
                local.section("passwordPolicy").map(LocalSettings::policy).orElse(NOTHING));
    }

    private static PasswordPolicy policy(Section policy) {
        return new PasswordPolicy(policy.whole("minLength", NOTHING.minLength(), 1, 128),
                policy.whole("maxLength", NOTHING.maxLength(), 64, 1024), policy.flag("requireUppercase", false),
                policy.flag("requireLowercase", false), policy.flag("requireNumbers", false),
                policy.flag("requireSymbols", false), policy.whole("history", 0, 0, 50),
                policy.whole("maxAgeDays", 0, 0, 3650));
    }
}
