package dev.objectos.auth.scope;

import dev.objectos.runtime.event.ChangeAction;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.MutationDraft;
import dev.objectos.runtime.spi.MutationInterceptor;
import dev.objectos.runtime.spi.RowFilter;
import dev.objectos.runtime.spi.WriteRights;
import java.util.Set;

/** Refuses changes outside of a session's scopes, those among them that follow from another one, and tells of that beforehand. */
public final class ScopedWrites implements MutationInterceptor, WriteRights {

    private static final Object NO_LIMIT = "no limit";
    private static final int BEFORE_EVERYTHING = -10_000;

    @Override
    public int order() {
        return BEFORE_EVERYTHING;
    }

    @Override
    public void admit(MutationDraft draft) {
        require(draft.object(), draft.session());
    }

    private static void require(ObjectDefinition object, Session session) {
        if (session.scopes() != null && !Scopes.of(session).writesRecordsOf(object.name())) {
            throw Scopes.lackingWrite(object.name());
        }
    }

    @Override
    public Object fingerprint(Session session, Catalog catalog) {
        Set<String> scopes = session.scopes();
        return scopes == null ? NO_LIMIT : scopes;
    }

    @Override
    public void admit(ObjectDefinition object, ChangeAction action, Session session, Catalog catalog) {
        require(object, session);
    }

    /** Scopes are about objects, not about single records of them. */
    @Override
    public RowFilter rows(ObjectDefinition object, ChangeAction action, Session session, Catalog catalog) {
        return RowFilter.EVERYTHING;
    }

    @Override
    public Set<String> locked(ObjectDefinition object, ChangeAction action, Session session, Catalog catalog) {
        return Set.of();
    }
}
