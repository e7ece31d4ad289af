package dev.objectos.runtime.plugin.added;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.spi.MutationDraft;
import dev.objectos.runtime.spi.MutationInterceptor;

/** Stands for a plugin's interceptors while it is started again: without them nothing is written to its objects. */
record AwayGuard(String plugin) implements MutationInterceptor {

    @Override
    public void admit(MutationDraft draft) {
        if (draft.object().plugin().equals(plugin)) {
            throw new PlatformException(RuntimeError.UNAVAILABLE, "The plugin " + plugin + ", to which "
                    + draft.object().name() + " belongs, has failed and is started again; try again in a moment");
        }
    }
}
