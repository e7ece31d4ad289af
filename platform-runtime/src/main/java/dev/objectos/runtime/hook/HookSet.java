package dev.objectos.runtime.hook;

import dev.objectos.runtime.spi.EventHook;
import dev.objectos.runtime.spi.LifecycleHook;
import dev.objectos.runtime.spi.RecordHook;
import dev.objectos.runtime.spi.StorageInterceptor;
import java.util.List;

/** The hooks that one plugin, or one version of it, has brought, asked once for what they always answer. */
public final class HookSet {

    private final String plugin;
    private final List<JoinedRecordHook> records;
    private final List<JoinedEventHook> events;
    private final List<JoinedStorageHook> storage;
    private final List<JoinedLifecycleHook> lifecycle;
    private final List<FindHookRewriter> finds;

    HookSet(String plugin, HookCaller caller, List<RecordHook> records, List<EventHook> events,
            List<StorageInterceptor> storage, List<LifecycleHook> lifecycle) {
        this.plugin = plugin;
        this.records = records.stream().map(hook -> new JoinedRecordHook(hook, caller)).toList();
        this.events = events.stream().map(hook -> new JoinedEventHook(hook, caller)).toList();
        this.storage = storage.stream().map(interceptor -> new JoinedStorageHook(interceptor, caller)).toList();
        this.lifecycle = lifecycle.stream().map(hook -> new JoinedLifecycleHook(hook, caller)).toList();
        this.finds = this.records.stream().filter(hook -> hook.points().contains(RecordHook.Point.BEFORE_FIND))
                .map(FindHookRewriter::new).toList();
    }

    String plugin() {
        return plugin;
    }

    List<JoinedRecordHook> records() {
        return records;
    }

    List<JoinedEventHook> events() {
        return events;
    }

    List<JoinedStorageHook> storage() {
        return storage;
    }

    List<JoinedLifecycleHook> lifecycle() {
        return lifecycle;
    }

    /** What stands for those before reads. */
    List<FindHookRewriter> finds() {
        return finds;
    }
}
