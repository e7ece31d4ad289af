package dev.objectos.auth.session;

import dev.objectos.auth.AuthError;
import dev.objectos.auth.account.PasswordStore;
import java.util.Optional;
import java.util.Set;

/** Another password has to be chosen first: because somebody has said so, or because the one there is has become too old. */
public final class PasswordDuty implements Duties {

    private static final Duty DUTY = new Duty(AuthError.PASSWORD_CHANGE_REQUIRED,
            "Choose another password first, at /api/auth/change-password",
            Set.of("/api/auth/change-password", "/api/auth/get-session", "/api/auth/sign-out"));

    private final PasswordStore passwords;

    public PasswordDuty(PasswordStore passwords) {
        this.passwords = passwords;
    }

    @Override
    public Optional<Duty> of(SignedIn signedIn) {
        return signedIn.account().mustChangePassword() || passwords.expired(signedIn.account())
                ? Optional.of(DUTY)
                : Optional.empty();
    }
}
