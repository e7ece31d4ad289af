package dev.objectos.runtime.spi;

import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.session.Session;

/**
 * Narrows every read to what a session may see. All registered rewriters are asked for the object that is read and for
 * every object that the read touches, before any SQL exists; what they say together holds.
 *
 * <p>
 * The resulting statement is kept and serves every session with an equal {@link #fingerprint}. So an answer may depend on
 * the session only through the fingerprint; what differs beyond that, such as the user's id, is a {@link SessionValue}.
 */
public interface QueryRewriter {

    /** Everything about the session that the other methods look at; small, immutable, with {@code equals}. */
    Object fingerprint(Session session, Catalog catalog);

    /**
     * Refuses with a {@link dev.objectos.runtime.PlatformException} when the session may not read the object at all. Asked
     * only for the object that a query names; objects that it merely touches are narrowed by {@link #rows}.
     */
    default void admit(@SuppressWarnings("unused") ObjectDefinition object, @SuppressWarnings("unused") Session session,
            @SuppressWarnings("unused") Catalog catalog) {}

    /** Which records may be seen. */
    RowFilter rows(ObjectDefinition object, Session session, Catalog catalog);

    /** Which fields may not be seen. */
    FieldMask fields(ObjectDefinition object, Session session, Catalog catalog);

    /** The same for writing, for a session that may not read the object: what it may fill in has to exist for it. */
    default FieldMask unreadFields(ObjectDefinition object, Session session, Catalog catalog) {
        return fields(object, session, catalog);
    }

    /** The fields that some of those who may read the object's records do not see, or see masked. */
    default FieldMask guarded(@SuppressWarnings("unused") ObjectDefinition object,
            @SuppressWarnings("unused") Catalog catalog) {
        return FieldMask.NONE;
    }
}
