package dev.objectos.runtime.hook;

import dev.objectos.runtime.spi.RecordHook;
import java.util.Set;

/**
 * A hook that takes part, with what it always answers.
 *
 * @param objects empty: all
 */
record JoinedRecordHook(RecordHook hook, String name, int order, Set<RecordHook.Point> points, Set<String> objects,
        HookCaller caller) {

    JoinedRecordHook(RecordHook hook, HookCaller caller) {
        this(hook, hook.name(), hook.order(), Set.copyOf(hook.points()), Set.copyOf(hook.objects()), caller);
    }

    boolean concerns(String object) {
        return objects.isEmpty() || objects.contains(object);
    }
}
