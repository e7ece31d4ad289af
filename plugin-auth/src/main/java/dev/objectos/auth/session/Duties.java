package dev.objectos.auth.session;

import java.util.Optional;

/** Knows of a kind of {@link Duty}. Asked when a session is looked up, not for each request. */
public interface Duties {

    Optional<Duty> of(SignedIn signedIn);
}
