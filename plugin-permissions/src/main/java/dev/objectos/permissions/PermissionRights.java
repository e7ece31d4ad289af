package dev.objectos.permissions;

import dev.objectos.permissions.definition.Operation;
import dev.objectos.permissions.definition.Permissions;
import dev.objectos.permissions.rights.RightsByCatalog;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.event.ChangeAction;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.RowFilter;
import dev.objectos.runtime.spi.WriteRights;
import java.util.Set;

/** Refuses every change that permissions do not allow. */
public final class PermissionRights implements WriteRights {

    private final RightsByCatalog rights;

    public PermissionRights(RightsByCatalog rights) {
        this.rights = rights;
    }

    @Override
    public Object fingerprint(Session session, Catalog catalog) {
        return rights.of(catalog).shape(session);
    }

    @Override
    public void admit(ObjectDefinition object, ChangeAction action, Session session, Catalog catalog) {
        if (!rights.of(catalog).on(object, session).may(Operation.of(action))) {
            throw new PlatformException(RuntimeError.PERMISSION_DENIED,
                    "You may not " + action.word() + " " + object.pluralLabel()).about(object.name());
        }
    }

    @Override
    public RowFilter rows(ObjectDefinition object, ChangeAction action, Session session, Catalog catalog) {
        return rights.of(catalog).on(object, session).rows(Operation.of(action));
    }

    @Override
    public Set<String> locked(ObjectDefinition object, ChangeAction action, Session session, Catalog catalog) {
        return rights.of(catalog).on(object, session).locked(Operation.of(action));
    }

    @Override
    public Set<String> parts(ObjectDefinition object, Catalog catalog) {
        String parent = Permissions.of(catalog).of(object).sharing().parent();
        return parent == null ? Set.of() : Set.of(parent);
    }
}
