package dev.objectos.auth.account;

import org.jspecify.annotations.Nullable;

/**
 * An account to be made.
 *
 * @param username to sign in with instead of the e-mail; null: none
 * @param passwordHash null: none
 * @param emailVerified whether it is known that mail to the address reaches the person
 * @param mustChangePassword whether another password has to be chosen before anything else
 */
public record NewAccount(Account.Kind kind, String email, @Nullable String username, String name,
        @Nullable String passwordHash, boolean emailVerified, boolean mustChangePassword,
        boolean platformAdministrator) {

    public NewAccount {
        email = email.strip();
        name = name.strip();
    }

    /** A person who proves who they are elsewhere, or is yet to choose a password. */
    public static NewAccount person(String email, String name, boolean emailVerified) {
        return new NewAccount(Account.Kind.PERSON, email, null, name, null, emailVerified, false, false);
    }

    public NewAccount withUsername(@Nullable String other) {
        return new NewAccount(kind, email, other, name, passwordHash, emailVerified, mustChangePassword,
                platformAdministrator);
    }

    public NewAccount withPassword(String hash, boolean mustChange) {
        return new NewAccount(kind, email, username, name, hash, emailVerified, mustChange, platformAdministrator);
    }
}
