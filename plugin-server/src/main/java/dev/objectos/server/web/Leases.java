package dev.objectos.server.web;

import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.SessionLease;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/** Finds what the session of a request can be asked for after it: for streams and sockets, which go on. */
public final class Leases {

    private Leases() {}

    /** The lease that whoever signs people in has left; where nobody does, the session is all that there is to know. */
    public static SessionLease of(HttpServletRequest request, Session session) {
        return request.getAttribute(SessionLease.ATTRIBUTE) instanceof SessionLease lease
                ? lease
                : () -> Optional.of(session);
    }
}
