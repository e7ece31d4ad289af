package dev.objectos.runtime.spi;

import dev.objectos.runtime.session.Session;
import java.util.Optional;

/**
 * What somebody has signed in with, for whoever goes on working for them after the request: asked again, it says whether that
 * still counts. Whatever is revoked, banned, expired or changed elsewhere is known here after a few seconds.
 */
@FunctionalInterface
public interface SessionLease {

    /** The request attribute in which the lease of a request is found, where somebody has signed in. */
    String ATTRIBUTE = "dev.objectos.runtime.spi.SessionLease";

    /** As whom and with which rights its holder acts at the moment; empty: as nobody any more. Cheap enough to be asked often. */
    Optional<Session> current();
}
