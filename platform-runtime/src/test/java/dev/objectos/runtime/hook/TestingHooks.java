package dev.objectos.runtime.hook;

import dev.objectos.runtime.resource.Bulkhead;
import dev.objectos.runtime.resource.TestingLimits;
import dev.objectos.runtime.spi.EventHook;
import dev.objectos.runtime.spi.RecordHook;
import java.time.Duration;
import java.util.List;

/** Hooks of a plugin called acme. */
final class TestingHooks implements AutoCloseable {

    private final TestingLimits limits = new TestingLimits("violations", "1000");
    private final Bulkhead bulkhead;
    private final Hooks hooks;

    /** @param timeout of one call */
    TestingHooks(Duration timeout) {
        hooks = new Hooks(new HookProperties(timeout, 1));
        bulkhead = limits.bulkhead(4, Duration.ofMinutes(1));
    }

    TestingHooks() {
        this(Duration.ofMinutes(1));
    }

    Hooks hooks() {
        return hooks;
    }

    /** In the place of those before. */
    HookSet join(RecordHook... records) {
        return join(List.of(records), List.of());
    }

    HookSet join(EventHook... events) {
        return join(List.of(), List.of(events));
    }

    private HookSet join(List<RecordHook> records, List<EventHook> events) {
        HookSet set = hooks.prepare(bulkhead, limits.bulkheads(), records, events, List.of(), List.of());
        hooks.join(set);
        return set;
    }

    @Override
    public void close() {
        bulkhead.close();
        limits.close();
    }
}
