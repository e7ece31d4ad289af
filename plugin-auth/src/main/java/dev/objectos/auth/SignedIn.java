package dev.objectos.auth;

import dev.objectos.runtime.session.Session;
import java.time.Instant;

/**
 * A sign-in as a request finds it.
 *
 * @param session what it entitles to
 */
record SignedIn(LoginSession login, Account account, Session session) {

    Instant expiresAt() {
        return login.expiresAt();
    }
}
