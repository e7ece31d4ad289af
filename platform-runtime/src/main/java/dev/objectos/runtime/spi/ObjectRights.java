package dev.objectos.runtime.spi;

import dev.objectos.runtime.event.ChangeAction;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.session.Session;
import java.util.Collection;
import java.util.Set;
import java.util.UUID;

/**
 * Tells what the user of a session may do, for whoever describes objects and records to them: what all
 * {@link QueryRewriter}s and {@link WriteRights} together say. Records are read and written through {@link Records}, which
 * ask for themselves. What a credential is limited to within its user's rights counts too.
 */
public interface ObjectRights {

    /** Everything about the session that {@link #of} looks at: the same answer serves all sessions with an equal one. */
    Object fingerprint(Session session, Catalog catalog);

    /** What the user may do with an object. */
    ObjectAccess of(ObjectDefinition object, Session session, Catalog catalog);

    /** Whether the user may run an action of the object, on some record if not on all. */
    default boolean runs(ObjectDefinition object, String action, Session session, Catalog catalog) {
        return true;
    }

    /** The object's fields that are not for everybody who may read its records; what is computed from such ones is among them. */
    default Set<String> guarded(ObjectDefinition object, Catalog catalog) {
        return Set.of();
    }

    /** Of stored records that the user sees those that they may change so. */
    Set<UUID> changeable(ObjectDefinition object, ChangeAction action, Collection<UUID> ids, Session session,
            Catalog catalog);
}
