package dev.objectos.auth.signin;

import dev.objectos.auth.AuthError;
import dev.objectos.auth.account.PasswordStore;
import dev.objectos.auth.security.SecurityEvents;
import dev.objectos.auth.session.Client;
import dev.objectos.auth.session.SignedIn;
import dev.objectos.runtime.PlatformException;
import java.util.Map;

/** Has somebody who is signed in show their password once more, before what a stolen session must not do. */
public final class PasswordConfirmation {

    private final PasswordStore passwords;
    private final SignInThrottle throttle;
    private final SecurityEvents events;

    public PasswordConfirmation(PasswordStore passwords, SignInThrottle throttle, SecurityEvents events) {
        this.passwords = passwords;
        this.throttle = throttle;
        this.events = events;
    }

    /**
     * Lets the right password pass.
     *
     * @param refused the security event of a wrong one
     * @throws PlatformException {@code INVALID_PASSWORD}; {@code RATE_LIMITED} after too many wrong ones
     */
    public void require(SignedIn self, String password, String refused, Client client) {
        throttle.begin(self.account().email(), client.ipAddress());
        if (!passwords.matches(self.account(), password)) {
            events.emit(refused, self, client, Map.of());
            throw new PlatformException(AuthError.INVALID_PASSWORD, "The password is wrong");
        }
        throttle.succeeded(self.account().email(), client.ipAddress());
    }
}
