package dev.objectos.auth.systemobject;

import dev.objectos.runtime.spi.MutationDraft;
import dev.objectos.runtime.spi.MutationInterceptor;

/** Answers whoever may not read what the platform shows of itself, and wants to write it, as if it did not exist. */
public final class SystemWrites implements MutationInterceptor {

    @Override
    public int order() {
        return Integer.MIN_VALUE;
    }

    /** Nothing has to be prepared for it: no change of such an object comes further than {@link #admit}. */
    @Override
    public boolean idle() {
        return true;
    }

    @Override
    public void admit(MutationDraft draft) {
        if (!SystemReads.open(draft.object(), draft.session())) {
            throw SystemReads.unknown(draft.object());
        }
    }
}
