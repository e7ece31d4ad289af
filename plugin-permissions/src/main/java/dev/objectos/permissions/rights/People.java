package dev.objectos.permissions.rights;

import dev.objectos.runtime.session.Session;
import java.util.List;
import java.util.UUID;

/** Who stands below whom. */
@FunctionalInterface
public interface People {

    /** The users below the acting one, directly or through others; none below nobody. */
    List<UUID> below(Session session);
}
