package dev.objectos.runtime.plugin.added;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.event.ChangeAction;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.MutationDraft;
import dev.objectos.runtime.spi.MutationInterceptor;

/** An interceptor of an added plugin, called within the plugin's limits, and only for what it has its own code for. */
final class GuardedInterceptor implements MutationInterceptor {

    private final MutationInterceptor own;
    private final PluginCalls calls;
    private final int order;
    private final boolean admits;
    private final boolean intercepts;

    GuardedInterceptor(MutationInterceptor own, PluginCalls calls) {
        this.own = own;
        this.calls = calls;
        this.order = own.order();
        this.admits = PluginCalls.hasOwn(own, MutationInterceptor.class, "admit", MutationDraft.class);
        this.intercepts = PluginCalls.hasOwn(own, MutationInterceptor.class, "before", MutationDraft.class);
    }

    @Override
    public int order() {
        return order;
    }

    @Override
    public boolean idle() {
        return own.idle();
    }

    @Override
    public boolean needsPrevious(ChangeAction action, ObjectDefinition object, Session session) {
        return own.needsPrevious(action, object, session);
    }

    @Override
    public void admit(MutationDraft draft) {
        if (admits) {
            call(draft, () -> own.admit(draft));
        }
    }

    @Override
    public void before(MutationDraft draft) {
        if (intercepts) {
            call(draft, () -> own.before(draft));
        }
    }

    /** @throws PlatformException also where the plugin is over its limits */
    private void call(MutationDraft draft, Runnable code) {
        calls.intercept(draft.action().word() + " of " + draft.object().name(), draft.session(), code);
    }
}
