package dev.objectos.auth.session;

import java.util.Optional;

/** A kind of credential that requests bring in their headers. Looked up for each request, so that it must remember. */
public interface Credentials {

    /** Whether it has the form of this kind; whatever has no other form is taken for a session's token. */
    boolean understands(String credential);

    /** Who it belongs to; empty where it is unknown, expired or revoked. */
    Optional<SignedIn> find(String credential);
}
