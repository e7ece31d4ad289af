package dev.objectos.audit.view;

import dev.objectos.audit.entry.AuditEntry;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.session.SystemPermission;
import java.util.List;
import java.util.UUID;

/** Who may read the trail of a whole tenant. */
public final class Readers {

    private Readers() {}

    /** @throws PlatformException {@code PERMISSION_DENIED} for whoever lacks {@code view_audit} */
    public static void requireReader(Session session) {
        session.require(SystemPermission.VIEW_AUDIT, "The audit trail is for administrators of the organization");
    }

    /** Whose entries the session reads: those of its tenant, and for who manages the platform those of none. */
    public static List<UUID> tenants(Session session) {
        return session.platformAdministrator()
                ? List.of(session.tenant(), AuditEntry.NO_TENANT)
                : List.of(session.tenant());
    }
}
