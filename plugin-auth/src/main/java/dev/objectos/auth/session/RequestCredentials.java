package dev.objectos.auth.session;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/** A kind of credential that counts together with where the request comes from. */
@FunctionalInterface
public interface RequestCredentials {

    /** What finds out who sends the request; empty where it brings nothing of this kind. */
    Optional<Lookup> in(HttpServletRequest request);

    /** Finds out who somebody is by now. Asked for each request, and while something goes on after it, so that it must remember. */
    @FunctionalInterface
    interface Lookup {

        /** Empty where what was brought is unknown, expired or revoked. */
        Optional<SignedIn> find();
    }
}
