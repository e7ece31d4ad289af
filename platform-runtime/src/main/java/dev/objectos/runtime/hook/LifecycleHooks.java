package dev.objectos.runtime.hook;

import dev.objectos.runtime.spi.LifecycleHook.Step;
import java.util.Locale;

/** Stands before and behind the steps of added plugins for the hooks of others. */
public final class LifecycleHooks {

    private final Hooks hooks;

    public LifecycleHooks(Hooks hooks) {
        this.hooks = hooks;
    }

    /** @throws dev.objectos.runtime.PlatformException whatever one of them refuses with, or that it did not end well or in time */
    public void before(Step step, String plugin, String version) {
        for (JoinedLifecycleHook hook : hooks.lifecycle()) {
            if (hook.concerns(step, plugin)) {
                hook.caller().call(hook.name(), "before the step " + word(step) + " of " + plugin, () -> {
                    hook.hook().before(step, plugin, version);
                    return true;
                });
            }
        }
    }

    public void after(Step step, String plugin, String version) {
        for (JoinedLifecycleHook hook : hooks.lifecycle()) {
            if (hook.concerns(step, plugin)) {
                hook.caller().tell(hook.name(), "after the step " + word(step) + " of " + plugin, () -> {
                    hook.hook().after(step, plugin, version);
                    return true;
                });
            }
        }
    }

    private static String word(Step step) {
        return step.name().toLowerCase(Locale.ROOT);
    }
}
