package dev.objectos.auth.scope;

import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.FieldMask;
import dev.objectos.runtime.spi.QueryRewriter;
import dev.objectos.runtime.spi.RowFilter;
import java.util.Set;

/**
 * Narrows reads to a session's scopes. Of an object outside of them no field is there, also behind lookups and in what is derived
 * from it.
 */
public final class ScopedReads implements QueryRewriter {

    private static final Object NO_LIMIT = "no limit";

    @Override
    public Object fingerprint(Session session, Catalog catalog) {
        Set<String> scopes = session.scopes();
        return scopes == null ? NO_LIMIT : scopes;
    }

    @Override
    public void admit(ObjectDefinition object, Session session, Catalog catalog) {
        if (!readable(object, session)) {
            throw Scopes.lackingRead(object.name());
        }
    }

    /** That there are people is no secret: every record names its owner, and has to be able to. */
    @Override
    public RowFilter rows(ObjectDefinition object, Session session, Catalog catalog) {
        return readable(object, session) || object.name().equals(Catalog.USER)
                ? RowFilter.EVERYTHING
                : RowFilter.NOTHING;
    }

    @Override
    public FieldMask fields(ObjectDefinition object, Session session, Catalog catalog) {
        return readable(object, session) ? FieldMask.NONE : new FieldMask(object.fields().keySet());
    }

    private static boolean readable(ObjectDefinition object, Session session) {
        return session.scopes() == null || Scopes.of(session).readsRecordsOf(object.name());
    }
}
