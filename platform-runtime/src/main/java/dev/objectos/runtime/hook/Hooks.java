package dev.objectos.runtime.hook;

import dev.objectos.runtime.resource.Bulkhead;
import dev.objectos.runtime.resource.Bulkheads;
import dev.objectos.runtime.spi.EventHook;
import dev.objectos.runtime.spi.LifecycleHook;
import dev.objectos.runtime.spi.RecordHook;
import dev.objectos.runtime.spi.StorageInterceptor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The hooks that take part at the moment, by when they are called and in their order; read without a lock. */
public final class Hooks {

    private final Duration timeout;
    private final Map<String, HookSet> byPlugin = new LinkedHashMap<>();
    private volatile Table table = new Table(Map.of(), Map.of(), List.of(), List.of(), List.of());

    public Hooks(HookProperties properties) {
        this.timeout = properties.timeout();
    }

    /** All of them, sorted for whoever asks. */
    private record Table(Map<RecordHook.Point, List<JoinedRecordHook>> records,
            Map<EventHook.Point, List<JoinedEventHook>> events, List<JoinedStorageHook> storage,
            List<JoinedLifecycleHook> lifecycle, List<FindHookRewriter> finds) {}

    /** What a plugin brings, not taking part yet. */
    public HookSet prepare(Bulkhead bulkhead, Bulkheads limits, List<RecordHook> records, List<EventHook> events,
            List<StorageInterceptor> storage, List<LifecycleHook> lifecycle) {
        return new HookSet(bulkhead.plugin(), new HookCaller(bulkhead, timeout, limits.patience()), records, events,
                storage, lifecycle);
    }

    /** Takes part from now on, in the place of what the plugin has brought before. */
    public synchronized void join(HookSet brought) {
        HookSet before = byPlugin.put(brought.plugin(), brought);
        sort();
        if (before != null) {
            before.finds().forEach(FindHookRewriter::forget);
        }
    }

    /** Takes part no longer, unless something else has taken its place already. */
    public synchronized void leave(HookSet brought) {
        if (byPlugin.remove(brought.plugin(), brought)) {
            sort();
            brought.finds().forEach(FindHookRewriter::forget);
        }
    }

    private void sort() {
        var records = new EnumMap<RecordHook.Point, List<JoinedRecordHook>>(RecordHook.Point.class);
        var events = new EnumMap<EventHook.Point, List<JoinedEventHook>>(EventHook.Point.class);
        var storage = new ArrayList<JoinedStorageHook>();
        var lifecycle = new ArrayList<JoinedLifecycleHook>();
        var finds = new ArrayList<FindHookRewriter>();
        for (HookSet set : byPlugin.values()) {
            for (JoinedRecordHook hook : set.records()) {
                hook.points().forEach(point -> records.computeIfAbsent(point, _ -> new ArrayList<>()).add(hook));
            }
            for (JoinedEventHook hook : set.events()) {
                hook.points().forEach(point -> events.computeIfAbsent(point, _ -> new ArrayList<>()).add(hook));
            }
            storage.addAll(set.storage());
            lifecycle.addAll(set.lifecycle());
            finds.addAll(set.finds());
        }
        records.values().forEach(hooks -> hooks.sort(Comparator.comparingInt(JoinedRecordHook::order)));
        events.values().forEach(hooks -> hooks.sort(Comparator.comparingInt(JoinedEventHook::order)));
        storage.sort(Comparator.comparingInt(JoinedStorageHook::order));
        lifecycle.sort(Comparator.comparingInt(JoinedLifecycleHook::order));
        table = new Table(records, events, List.copyOf(storage), List.copyOf(lifecycle), List.copyOf(finds));
    }

    List<JoinedRecordHook> at(RecordHook.Point point) {
        return table.records().getOrDefault(point, List.of());
    }

    List<JoinedEventHook> at(EventHook.Point point) {
        return table.events().getOrDefault(point, List.of());
    }

    List<JoinedStorageHook> storage() {
        return table.storage();
    }

    List<JoinedLifecycleHook> lifecycle() {
        return table.lifecycle();
    }

    /** The same list for as long as the same hooks take part. */
    List<FindHookRewriter> finds() {
        return table.finds();
    }
}
