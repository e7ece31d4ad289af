package dev.objectos.permissions;

import dev.objectos.permissions.definition.Operation;
import dev.objectos.permissions.definition.Permissions;
import dev.objectos.permissions.rights.HeldRights;
import dev.objectos.permissions.rights.RightsByCatalog;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.FieldMask;
import dev.objectos.runtime.spi.QueryRewriter;
import dev.objectos.runtime.spi.RowFilter;

/** Narrows every read to what permissions open. */
public final class PermissionRewriter implements QueryRewriter {

    private final RightsByCatalog rights;

    public PermissionRewriter(RightsByCatalog rights) {
        this.rights = rights;
    }

    @Override
    public Object fingerprint(Session session, Catalog catalog) {
        return rights.of(catalog).shape(session);
    }

    @Override
    public void admit(ObjectDefinition object, Session session, Catalog catalog) {
        if (!rights.of(catalog).on(object, session).may(Operation.READ)) {
            throw new PlatformException(RuntimeError.PERMISSION_DENIED, "You may not read " + object.pluralLabel())
                    .about(object.name());
        }
    }

    @Override
    public RowFilter rows(ObjectDefinition object, Session session, Catalog catalog) {
        return rights.of(catalog).on(object, session).rows(Operation.READ);
    }

    @Override
    public FieldMask fields(ObjectDefinition object, Session session, Catalog catalog) {
        HeldRights held = rights.of(catalog).on(object, session);
        return held.may(Operation.READ)
                ? new FieldMask(held.hidden(), held.masked())
                : new FieldMask(object.fields().keySet());
    }

    @Override
    public FieldMask unreadFields(ObjectDefinition object, Session session, Catalog catalog) {
        HeldRights held = rights.of(catalog).on(object, session);
        return held.may(Operation.CREATE)
                ? new FieldMask(held.hidden(), held.masked())
                : new FieldMask(object.fields().keySet());
    }

    @Override
    public FieldMask guarded(ObjectDefinition object, Catalog catalog) {
        return new FieldMask(Permissions.of(catalog).of(object).guarded());
    }
}
