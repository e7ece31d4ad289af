package dev.objectos.runtime.hook;

import dev.objectos.runtime.session.Origin;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.session.UserIdentity;
import dev.objectos.runtime.spi.Viewer;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a hook may know of a session, and under what its answer is kept: two that are equal get the same. */
record PartOfSession(Set<Viewer.Part> known, boolean system, boolean platformAdministrator,
        @Nullable UUID tenantIfKnown,
        @Nullable UserIdentity userIfKnown, @Nullable Set<String> rolesIfKnown,
        @Nullable Origin originIfKnown) implements Viewer {

    static PartOfSession of(Session session, Set<Part> known) {
        return new PartOfSession(known, session.isSystem(), session.platformAdministrator(),
                known.contains(Part.TENANT) ? session.tenant() : null,
                known.contains(Part.USER) ? session.user() : null,
                known.contains(Part.ROLES) ? session.roles() : null,
                known.contains(Part.ORIGIN) ? session.origin() : null);
    }

    @Override
    public UUID tenant() {
        return given(Part.TENANT, tenantIfKnown);
    }

    @Override
    public UserIdentity user() {
        return given(Part.USER, userIfKnown);
    }

    @Override
    public Set<String> roles() {
        return given(Part.ROLES, rolesIfKnown);
    }

    @Override
    public Origin origin() {
        return given(Part.ORIGIN, originIfKnown);
    }

    private <T> T given(Part part, @Nullable T value) {
        if (!known.contains(part)) {
            throw new IllegalStateException("A hook that looks at " + part + " must name it in looksAt()");
        }
        if (value == null) {
            throw new IllegalStateException("There is no " + part + ": it is the platform's own work");
        }
        return value;
    }
}
