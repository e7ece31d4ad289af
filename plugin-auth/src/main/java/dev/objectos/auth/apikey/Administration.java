package dev.objectos.auth.apikey;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.session.Session;
import java.util.Set;

/** Who manages what belongs to others in a tenant. */
final class Administration {

    static final String OWNER = "owner";
    private static final String ADMINISTRATOR = "admin";

    private Administration() {}

    static boolean permitted(Session session) {
        return session.platformAdministrator() || session.roles().contains(OWNER)
                || session.roles().contains(ADMINISTRATOR);
    }

    /** @throws PlatformException {@code PERMISSION_DENIED} for everybody but administrators */
    static void require(Session session, String refusal) {
        if (!permitted(session)) {
            throw new PlatformException(RuntimeError.PERMISSION_DENIED, refusal);
        }
    }

    /** @throws PlatformException {@code PERMISSION_DENIED} where these roles are more than the session may hand on */
    static void requireGrantable(Set<String> roles, Session session) {
        if (roles.contains(OWNER) && !session.platformAdministrator() && !session.roles().contains(OWNER)) {
            throw new PlatformException(RuntimeError.PERMISSION_DENIED, "Only an owner makes others owners");
        }
    }
}
