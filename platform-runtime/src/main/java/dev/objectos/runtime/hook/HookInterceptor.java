package dev.objectos.runtime.hook;

import dev.objectos.runtime.event.ChangeAction;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.MutationDraft;
import dev.objectos.runtime.spi.MutationInterceptor;
import dev.objectos.runtime.spi.RecordHook.Point;

/** Stands in the write path for the hooks before changes. */
public final class HookInterceptor implements MutationInterceptor {

    /** After the interceptors that come with the server, before those of added plugins. */
    private static final int ORDER = 500_000;

    private final Hooks hooks;

    public HookInterceptor(Hooks hooks) {
        this.hooks = hooks;
    }

    @Override
    public int order() {
        return ORDER;
    }

    @Override
    public boolean idle() {
        return hooks.at(Point.BEFORE_INSERT).isEmpty() && hooks.at(Point.BEFORE_UPDATE).isEmpty()
                && hooks.at(Point.BEFORE_DELETE).isEmpty() && hooks.at(Point.BEFORE_RESTORE).isEmpty();
    }

    @Override
    public boolean needsPrevious(ChangeAction action, ObjectDefinition object, Session session) {
        for (JoinedRecordHook hook : hooks.at(Point.before(action))) {
            if (hook.concerns(object.name()) && hook.hook().needsPrevious(action)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void before(MutationDraft draft) {
        for (JoinedRecordHook hook : hooks.at(Point.before(draft.action()))) {
            if (hook.concerns(draft.object().name())) {
                hook.caller().call(hook.name(), "before the " + draft.action().word() + " of " + draft.object().name(),
                        draft.session(), () -> {
                            hook.hook().beforeChange(draft);
                            return true;
                        });
            }
        }
    }
}
