package dev.objectos.auth.systemobject;

import dev.objectos.auth.administration.Administrator;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.FieldMask;
import dev.objectos.runtime.spi.QueryRewriter;
import dev.objectos.runtime.spi.RowFilter;

/** Lets administrators read what the platform shows of itself; for everybody else it does not exist. */
public final class SystemReads implements QueryRewriter {

    static boolean open(ObjectDefinition object, Session session) {
        return !object.view() || Administrator.rank(session).administers();
    }

    static PlatformException unknown(ObjectDefinition object) {
        return new PlatformException(RuntimeError.OBJECT_NOT_FOUND, "There is no such object").about(object.name());
    }

    @Override
    public Object fingerprint(Session session, Catalog catalog) {
        return Administrator.rank(session).administers();
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
