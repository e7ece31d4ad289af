package dev.objectos.auth.session;

import dev.objectos.runtime.PlatformException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.UUID;

/** Which tenant a request is meant for, beyond what its credential says. */
public interface RequestTenant {

    /** The tenant to which the request's host name belongs; decides where people sign in, and nothing else. */
    Optional<UUID> ofHost(HttpServletRequest request);

    /** What the request says of it, for as long as somebody goes on working for whoever sent it. */
    Placement placement(HttpServletRequest request);

    /** Where a request wants to work. */
    @FunctionalInterface
    interface Placement {

        /**
         * Who somebody is in the tenant that the request names; the same where it names none.
         *
         * @throws PlatformException {@code PERMISSION_DENIED} where they may not work in it, {@code RESOURCE_NOT_FOUND} where there
         *         is none
         */
        SignedIn place(SignedIn signedIn);
    }
}
