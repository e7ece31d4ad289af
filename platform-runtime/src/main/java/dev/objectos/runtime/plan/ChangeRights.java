package dev.objectos.runtime.plan;

import dev.objectos.runtime.event.ChangeAction;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.RowFilter;
import dev.objectos.runtime.spi.WriteRights;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What a session may change, as all {@link WriteRights} together say. */
public final class ChangeRights {

    /** Nobody says anything about changes. */
    public static final ChangeRights OPEN = new ChangeRights(List.of());

    private final List<WriteRights> rights;

    public ChangeRights(List<WriteRights> rights) {
        this.rights = List.copyOf(rights);
    }

    /** @throws dev.objectos.runtime.PlatformException {@code PERMISSION_DENIED} */
    public void admit(ObjectDefinition object, ChangeAction action, Session session, Catalog catalog) {
        rights.forEach(one -> one.admit(object, action, session, catalog));
    }

    /** Every filter holds; {@link RowFilter#EVERYTHING} itself where none takes anything away. */
    public RowFilter rows(ObjectDefinition object, ChangeAction action, Session session, Catalog catalog) {
        return new RowFilter.AllOf(rights.stream().map(one -> one.rows(object, action, session, catalog))
                .filter(filter -> !filter.equals(RowFilter.EVERYTHING)).toList());
    }

    /** The fields that are not written by such a change. */
    public Set<String> locked(ObjectDefinition object, ChangeAction action, Session session, Catalog catalog) {
        var locked = new HashSet<String>();
        rights.forEach(one -> locked.addAll(one.locked(object, action, session, catalog)));
        return locked;
    }

    /** Whether the lookup makes a record a part of the one that it leads to. */
    boolean part(ObjectDefinition object, String lookup, Catalog catalog) {
        return rights.stream().anyMatch(one -> one.parts(object, catalog).contains(lookup));
    }

    /** Everything about the session that the other methods look at. */
    public List<Object> fingerprints(Session session, Catalog catalog) {
        return rights.stream().map(one -> one.fingerprint(session, catalog)).toList();
    }
}
