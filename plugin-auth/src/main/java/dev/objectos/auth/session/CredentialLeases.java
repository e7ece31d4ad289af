package dev.objectos.auth.session;

import dev.objectos.runtime.ErrorKind;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.spi.SessionLease;
import dev.objectos.runtime.spi.SessionLeases;
import java.util.List;
import java.util.Optional;

/** Looks up what people bring to show who they are, and again for as long as somebody goes on working for them. */
public final class CredentialLeases implements SessionLeases {

    private final List<Credentials> credentials;

    /** @param credentials the kinds there are; the first that understands a credential looks it up */
    public CredentialLeases(List<Credentials> credentials) {
        this.credentials = List.copyOf(credentials);
    }

    Optional<SignedIn> find(String credential) {
        for (Credentials kind : credentials) {
            if (kind.understands(credential)) {
                return kind.find(credential);
            }
        }
        return Optional.empty();
    }

    /** Works in the tenant of the credential. */
    @Override
    public SessionLease of(String credential) {
        return of(() -> find(credential), signedIn -> signedIn);
    }

    /** Whoever has to do something before anything else has no session for anything that goes on. */
    static SessionLease of(RequestCredentials.Lookup lookup, RequestTenant.Placement placement) {
        return () -> {
            try {
                return lookup.find().filter(signedIn -> signedIn.duty() == null).map(placement::place)
                        .map(SignedIn::session);
            } catch (PlatformException e) {
                if (e.code().kind() == ErrorKind.INTERNAL || e.code().kind() == ErrorKind.UNAVAILABLE) {
                    throw e;
                }
                return Optional.empty();
            }
        };
    }
}
