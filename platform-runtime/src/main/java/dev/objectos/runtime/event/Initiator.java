package dev.objectos.runtime.event;

import dev.objectos.runtime.session.RequestOrigin;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.session.UserIdentity;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who brought something about, and from where, for those who hear of it in another thread.
 *
 * @param tenant in which they were
 * @param user their record there; null: the platform itself
 * @param impersonator who acted as them
 */
public record Initiator(UUID tenant, @Nullable UUID user, @Nullable UUID impersonator, RequestOrigin place) {

    /** Whoever the thread works for; null: nobody asked for it. */
    public static @Nullable Initiator current() {
        if (!Session.CURRENT.isBound()) {
            return null;
        }
        Session session = Session.CURRENT.get();
        UserIdentity impersonator = session.impersonator();
        return new Initiator(session.tenant(), session.userId(), impersonator == null ? null : impersonator.id(),
                RequestOrigin.current());
    }
}
