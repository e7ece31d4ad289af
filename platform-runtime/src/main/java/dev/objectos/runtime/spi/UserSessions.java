package dev.objectos.runtime.spi;

import dev.objectos.runtime.session.Session;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** As whom people would act at the moment, for whoever may know what they may do. */
public interface UserSessions {

    /**
     * The session that a member of a tenant would have.
     *
     * @param user id of the user's record, e-mail address or username
     * @return empty where nobody there is called so, or may sign in there
     */
    Optional<Session> of(UUID tenant, String user);

    /** Who belongs to a tenant, in the order in which they joined. */
    List<Member> members(UUID tenant);

    /**
     * Somebody who belongs to a tenant.
     *
     * @param user id of the user's record there
     * @param platformAdministrator whether no permission binds them
     */
    record Member(UUID user, String name, Set<String> roles, boolean platformAdministrator) {

        public Member {
            roles = Set.copyOf(roles);
        }
    }
}
