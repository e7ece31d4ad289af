package dev.objectos.runtime.session;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * What somebody may do beyond records.
 *
 * @param permissions their rights
 * @param reach over whom these rights go, where they are about people
 */
public record Authority(Set<SystemPermission> permissions, Reach reach) {

    /** The roles whose holders administer their tenant. */
    static final Set<String> ADMINISTRATORS = Set.of("owner", "admin");

    private static final Authority EVERYBODY = new Authority(SystemPermission.ofEverybody(), Reach.NOBODY);
    private static final Authority ADMINISTRATOR = new Authority(SystemPermission.ofAdministrators(), Reach.EVERYBODY);
    private static final Authority PLATFORM = new Authority(SystemPermission.all(), Reach.EVERYBODY);

    public Authority {
        permissions = permissions.isEmpty()
                ? Set.of()
                : Collections.unmodifiableSet(EnumSet.copyOf(permissions));
    }

    /** What roles give by their names alone, whatever permission sets say. */
    public static Authority of(boolean platformAdministrator, Set<String> roles) {
        if (platformAdministrator) {
            return PLATFORM;
        }
        return administers(roles) ? ADMINISTRATOR : EVERYBODY;
    }

    /** Whether one of the roles is to administer the tenant. */
    public static boolean administers(Set<String> roles) {
        return roles.stream().anyMatch(ADMINISTRATORS::contains);
    }

    public boolean may(SystemPermission permission) {
        return permissions.contains(permission);
    }

    /** Whether they may give all of these roles to somebody, or take them away. */
    public boolean assigns(Set<String> roles) {
        return may(SystemPermission.ASSIGN_ROLES) && reach.covers(roles);
    }

    /**
     * Over which people rights go, by the roles that these hold.
     *
     * @param rest whether it is all roles but those named; otherwise those named and no others
     */
    public record Reach(boolean rest, Set<String> roles) {

        /** Over nobody. */
        public static final Reach NOBODY = new Reach(false, Set.of());

        /** Over everybody. */
        public static final Reach EVERYBODY = new Reach(true, Set.of());

        public Reach {
            roles = Set.copyOf(roles);
        }

        /** Whether it goes over somebody with exactly these roles. */
        public boolean covers(Set<String> held) {
            return rest ? held.stream().noneMatch(roles::contains) : roles.containsAll(held);
        }
    }
}
