package dev.objectos.runtime.hook;

import dev.objectos.runtime.spi.EventHook;
import java.util.Set;

/** A hook that takes part, with what it always answers. */
record JoinedEventHook(EventHook hook, String name, int order, Set<EventHook.Point> points, HookCaller caller) {

    JoinedEventHook(EventHook hook, HookCaller caller) {
        this(hook, hook.name(), hook.order(), Set.copyOf(hook.points()), caller);
    }
}
