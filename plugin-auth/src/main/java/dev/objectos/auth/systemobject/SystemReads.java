package dev.objectos.auth.systemobject;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.session.SystemPermission;
import dev.objectos.runtime.spi.FieldMask;
import dev.objectos.runtime.spi.QueryRewriter;
import dev.objectos.runtime.spi.RowFilter;
import java.util.Map;

/** Lets those read what identity shows of itself who may manage it; for everybody else it does not exist. */
public final class SystemReads implements QueryRewriter {

    /** What an answer depends on. */
    private record Opened(boolean people, boolean keys, boolean tenant) {}

    /** The right that opens each object; what records of it are seen then is for permission sets to say, as everywhere. */
    private static final Map<String, SystemPermission> RIGHTS = Map.of("_users", SystemPermission.MANAGE_USERS,
            "_memberships", SystemPermission.MANAGE_USERS, "_roles", SystemPermission.MANAGE_USERS, "_sessions",
            SystemPermission.MANAGE_USERS, "_invitations", SystemPermission.MANAGE_USERS, "_api_keys",
            SystemPermission.MANAGE_API_KEYS, "_tenants", SystemPermission.MANAGE_ORGANIZATION);

    static boolean open(ObjectDefinition object, Session session) {
        SystemPermission right = RIGHTS.get(object.name());
        return right == null || session.may(right);
    }

    static PlatformException unknown(ObjectDefinition object) {
        return new PlatformException(RuntimeError.OBJECT_NOT_FOUND, "There is no such object").about(object.name());
    }

    @Override
    public Object fingerprint(Session session, Catalog catalog) {
        return new Opened(session.may(SystemPermission.MANAGE_USERS), session.may(SystemPermission.MANAGE_API_KEYS),
                session.may(SystemPermission.MANAGE_ORGANIZATION));
    }

    @Override
    public void admit(ObjectDefinition object, Session session, Catalog catalog) {
        if (!open(object, session)) {
            throw unknown(object);
        }
    }

    @Override
    public RowFilter rows(ObjectDefinition object, Session session, Catalog catalog) {
        return open(object, session) ? RowFilter.EVERYTHING : RowFilter.NOTHING;
    }

    @Override
    public FieldMask fields(ObjectDefinition object, Session session, Catalog catalog) {
        return FieldMask.NONE;
    }
}
