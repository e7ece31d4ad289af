package dev.objectos.runtime.spi;

import dev.objectos.runtime.event.ChangeAction;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.session.Session;
import java.util.Set;

/**
 * Says what a session may change. All registered ones are asked; what one of them refuses is refused.
 *
 * <p>
 * Stored records are judged while the change holds them locked, by conditions of the statements that the answers become; a
 * statement is kept and serves every session with an equal {@link #fingerprint}, so what differs beyond that, such as the
 * user's id, is a {@link SessionValue}. Records that a deletion takes along are asked about like those that it names, unless
 * they are parts of one ({@code master_detail}). Lookups that a deletion empties are not asked about.
 */
public interface WriteRights {

    /** Everything about the session that the other methods look at; small, immutable, with {@code equals}. */
    Object fingerprint(Session session, Catalog catalog);

    /**
     * Refuses a change that the session may make to no record of the object.
     *
     * @throws dev.objectos.runtime.PlatformException {@code PERMISSION_DENIED}
     */
    void admit(ObjectDefinition object, ChangeAction action, Session session, Catalog catalog);

    /**
     * Of the records that may be seen those that may be changed so; of a creation it is asked once the record has been made,
     * and what it does not let through is not made. Where all answer {@link RowFilter#EVERYTHING}, and everything may be seen,
     * a change is spared the look at the record.
     */
    RowFilter rows(ObjectDefinition object, ChangeAction action, Session session, Catalog catalog);

    /**
     * Fields, by API name, that may be seen but not written by such a change. Naming one is {@code PERMISSION_DENIED}; a copy
     * of a record goes without them.
     */
    Set<String> locked(ObjectDefinition object, ChangeAction action, Session session, Catalog catalog);

    /**
     * Lookups, by API name, that make a record a part of the one that they lead to: it goes with that one, and nobody asks
     * whether it may be deleted by itself. Those of type {@code master_detail} need not be among them.
     */
    default Set<String> parts(@SuppressWarnings("unused") ObjectDefinition object,
            @SuppressWarnings("unused") Catalog catalog) {
        return Set.of();
    }
}
