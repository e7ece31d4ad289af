package dev.objectos.audit.alert;

import dev.objectos.audit.entry.AuditEntry;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.session.UserIdentity;
import dev.objectos.runtime.spi.UserSessions;
import dev.objectos.runtime.spi.UserSessions.Member;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** Who is meant by the names in an alert: holders of a role, or somebody by id, address or user name. */
final class AlertRecipients {

    private static final String ADMIN = "admin";
    private static final String OWNER = "owner";

    private final Supplier<Optional<UserSessions>> users;

    AlertRecipients(Supplier<Optional<UserSessions>> users) {
        this.users = users;
    }

    /** Where they are told: what concerns no tenant is told in the one that exists from the first start. */
    static UUID tenant(Alert alert) {
        return AuditEntry.NO_TENANT.equals(alert.tenant()) ? Session.DEFAULT_TENANT : alert.tenant();
    }

    Collection<UserIdentity> of(Alert alert) {
        UUID tenant = tenant(alert);
        UserSessions known = users.get().orElse(null);
        var people = new LinkedHashMap<UUID, UserIdentity>();
        if (known == null) {
            return people.values();
        }
        for (String name : alert.recipients()) {
            List<Member> holders = known.members(tenant).stream().filter(member -> holds(member, name)).toList();
            holders.forEach(member -> add(known.of(tenant, member.user().toString()), people));
            if (holders.isEmpty()) {
                add(known.of(tenant, name), people);
            }
        }
        return people.values();
    }

    /** Owners are administrators too. */
    private static boolean holds(Member member, String role) {
        return member.roles().contains(role) || (role.equals(ADMIN) && member.roles().contains(OWNER));
    }

    private static void add(Optional<Session> session, Map<UUID, UserIdentity> to) {
        session.map(Session::user).ifPresent(user -> to.putIfAbsent(user.id(), user));
    }
}
