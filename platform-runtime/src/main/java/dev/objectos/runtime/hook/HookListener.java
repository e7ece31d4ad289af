package dev.objectos.runtime.hook;

import dev.objectos.runtime.event.ChangeAction;
import dev.objectos.runtime.event.RecordChange;
import dev.objectos.runtime.spi.RecordHook.Point;
import dev.objectos.runtime.spi.RecordListener;

/** Stands behind the write path for the hooks after changes. */
public final class HookListener implements RecordListener {

    private final Hooks hooks;

    public HookListener(Hooks hooks) {
        this.hooks = hooks;
    }

    @Override
    public boolean listensTo(String object) {
        for (ChangeAction action : ChangeAction.values()) {
            for (JoinedRecordHook hook : hooks.at(Point.after(action))) {
                if (hook.concerns(object)) {
                    return true;
                }
            }
        }
        return false;
    }

    @Override
    public void committed(RecordChange change) {
        for (JoinedRecordHook hook : hooks.at(Point.after(change.action()))) {
            if (hook.concerns(change.object())) {
                hook.caller().tell(hook.name(), "after the " + change.action().word() + " of " + change.object(),
                        () -> {
                            hook.hook().afterChange(change);
                            return true;
                        });
            }
        }
    }
}
