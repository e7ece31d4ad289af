package dev.objectos.runtime.hook;

import dev.objectos.runtime.spi.LifecycleHook;
import java.util.Set;

/** A hook of other plugins' lives that takes part, with what it always answers. */
record JoinedLifecycleHook(LifecycleHook hook, String name, int order, Set<LifecycleHook.Step> steps,
        HookCaller caller) {

    JoinedLifecycleHook(LifecycleHook hook, HookCaller caller) {
        this(hook, hook.name(), hook.order(), Set.copyOf(hook.steps()), caller);
    }

    boolean concerns(LifecycleHook.Step step, String plugin) {
        return steps.contains(step) && !caller.bulkhead().plugin().equals(plugin);
    }
}
