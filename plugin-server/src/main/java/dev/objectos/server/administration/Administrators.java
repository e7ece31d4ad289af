package dev.objectos.server.administration;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.session.Session;

/** Lets platform administrators in, and nobody else. */
final class Administrators {

    private Administrators() {}

    static void admit(Session session) {
        if (!session.platformAdministrator()) {
            throw new PlatformException(RuntimeError.PERMISSION_DENIED, "This is for platform administrators");
        }
    }
}
