package dev.objectos.auth.scope;

import dev.objectos.runtime.spi.MutationDraft;
import dev.objectos.runtime.spi.MutationInterceptor;

/** Refuses changes outside of a session's scopes, those among them that follow from another one. */
public final class ScopedWrites implements MutationInterceptor {

    private static final int BEFORE_EVERYTHING = -10_000;

    @Override
    public int order() {
        return BEFORE_EVERYTHING;
    }

    @Override
    public void admit(MutationDraft draft) {
        if (draft.session().scopes() != null && !Scopes.of(draft.session()).writesRecordsOf(draft.object().name())) {
            throw Scopes.lackingWrite(draft.object().name());
        }
    }
}
