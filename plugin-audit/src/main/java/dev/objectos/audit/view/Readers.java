package dev.objectos.audit.view;

import dev.objectos.audit.entry.AuditEntry;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.session.Session;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Who may read the trail of a whole tenant. */
public final class Readers {

    private static final Set<String> ADMINISTRATORS = Set.of("admin", "owner");

    private Readers() {}

    /** Whether the session administers its tenant. */
    public static boolean administers(Session session) {
        return session.platformAdministrator() || session.roles().stream().anyMatch(ADMINISTRATORS::contains);
    }

    /** @throws PlatformException {@code PERMISSION_DENIED} for whoever does not administer the tenant */
    public static void requireAdministrator(Session session) {
        if (!administers(session)) {
            throw new PlatformException(RuntimeError.PERMISSION_DENIED,
                    "The audit trail is for administrators of the organization");
        }
    }

    /** Whose entries the session reads: those of its tenant, and for who manages the platform those of none. */
    public static List<UUID> tenants(Session session) {
        return session.platformAdministrator()
                ? List.of(session.tenant(), AuditEntry.NO_TENANT)
                : List.of(session.tenant());
    }
}
