package dev.objectos.permissions.rights;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.objectos.permissions.definition.ObjectPermissions;
import dev.objectos.permissions.definition.Permissions;
import dev.objectos.permissions.definition.SystemGrants;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.session.Authority;
import dev.objectos.runtime.session.Authority.Reach;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.session.SystemPermission;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What people may do beyond records, in one catalog: what their roles give by name, and what their sets grant. Nobody can give, or get
 * hold of, more than they have: an administrator reaches no role that grants what they lack, everybody else only those roles that are
 * named for them and that they hold themselves, with all that these bring along.
 */
public final class Authorities {

    private static final int MOST_KEPT = 20_000;

    private final Permissions permissions;
    private final SystemGrants grants;
    private final Set<String> names = new HashSet<>();
    private final Cache<Asked, Authority> known = Caffeine.newBuilder().maximumSize(MOST_KEPT).build();

    private Authorities(Catalog catalog) {
        this.permissions = Permissions.of(catalog);
        this.grants = permissions.system();
        names.addAll(permissions.roles().written().keySet());
        names.addAll(grants.sets().keySet());
        permissions.objects().stream().map(ObjectPermissions::mentioned).forEach(names::addAll);
    }

    public static Authorities of(Catalog catalog) {
        return catalog.derive(Authorities.class, Authorities::new);
    }

    private record Asked(Set<String> roles, boolean atHome) {}

    /** @param roles as they were given, without what they bring along */
    public Authority of(UUID tenant, Set<String> roles, boolean platformAdministrator) {
        if (platformAdministrator) {
            return Authority.of(true, roles);
        }
        var asked = new Asked(Set.copyOf(roles), tenant.equals(Session.DEFAULT_TENANT));
        return Objects.requireNonNull(known.get(asked, this::make));
    }

    private Authority make(Asked asked) {
        Set<SystemPermission> own = permissions(asked.roles(), asked.atHome());
        return new Authority(own, Authority.administers(asked.roles())
                ? new Reach(true, beyond(own, asked.atHome()))
                : new Reach(false, delegated(asked.roles(), own, asked.atHome())));
    }

    private Set<SystemPermission> permissions(Set<String> roles, boolean atHome) {
        Set<SystemPermission> byRole = Authority.of(false, roles).permissions();
        Set<SystemPermission> granted = grants.of(permissions.roles().held(roles));
        var own = EnumSet.noneOf(SystemPermission.class);
        for (SystemPermission permission : SystemPermission.values()) {
            boolean given = byRole.contains(permission) && (Authority.administers(roles)
                    || !permission.openUntilGranted() || !grants.speaksOf(permission));
            if (given || (granted.contains(permission) && (atHome || !permission.ofInstallation()))) {
                own.add(permission);
            }
        }
        return own;
    }

    /** The roles that grant more than somebody has. */
    private Set<String> beyond(Set<SystemPermission> own, boolean atHome) {
        return names.stream().filter(role -> !own.containsAll(permissions(Set.of(role), atHome)))
                .collect(Collectors.toSet());
    }

    private Set<String> delegated(Set<String> roles, Set<SystemPermission> own, boolean atHome) {
        Set<String> held = permissions.roles().held(roles);
        Set<String> named = named(held);
        return held.stream().filter(role -> named == null || named.contains(role))
                .filter(role -> !Authority.administers(Set.of(role)))
                .filter(role -> held.containsAll(permissions.roles().held(Set.of(role)))
                        && own.containsAll(permissions(Set.of(role), atHome)))
                .collect(Collectors.toSet());
    }

    /** The roles that the sets name; null where none says anything, so that it is all of those that are held. */
    private @Nullable Set<String> named(Collection<String> held) {
        if (held.stream().noneMatch(grants.assignable()::containsKey)) {
            return null;
        }
        return held.stream().flatMap(set -> grants.assignable().getOrDefault(set, Set.of()).stream())
                .collect(Collectors.toSet());
    }
}
