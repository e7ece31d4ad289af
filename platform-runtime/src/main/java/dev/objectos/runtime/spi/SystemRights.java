package dev.objectos.runtime.spi;

import dev.objectos.runtime.session.Authority;
import java.util.Set;
import java.util.UUID;

/**
 * Says what people may do beyond records. It is asked once for each session, which carries the answer: whoever guards something asks
 * {@link dev.objectos.runtime.session.Session#require}. What it says of a change counts within the seconds for which sessions are kept.
 */
@FunctionalInterface
public interface SystemRights {

    /** Roles by their names alone; for a server without permission sets. */
    SystemRights BY_ROLE = (_, roles, platformAdministrator) -> Authority.of(platformAdministrator, roles);

    /**
     * What the holder of some roles may do in a tenant.
     *
     * @param roles as they were given, without what they bring along
     * @param platformAdministrator whether no permission binds them
     */
    Authority of(UUID tenant, Set<String> roles, boolean platformAdministrator);
}
